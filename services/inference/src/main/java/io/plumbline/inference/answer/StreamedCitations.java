package io.plumbline.inference.answer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what a stream cites. A mark may come in pieces, so that the annotations of a choice come
 * with the chunk that ends it.
 */
public final class StreamedCitations {

  /** Of a choice; one that is longer gets no annotations. */
  static final int MAX_CHARACTERS = 1024 * 1024;

  private final Citations citations;
  private final Map<Integer, StringBuilder> open = new HashMap<>();
  private boolean ended;

  public StreamedCitations(Citations citations) {
    this.citations = citations;
  }

  /**
   * Adds to the choices that a chunk ends what they cite.
   *
   * @return whether it ends any
   */
  public boolean read(ObjectNode chunk) {
    boolean ends = false;
    for (JsonNode choice : chunk.path("choices").values()) {
      int index = choice.path("index").asInt(0);
      String content = choice.path("delta").path("content").asString("");
      if (!citations.areImpossible() && !content.isEmpty()) {
        StringBuilder text = open.computeIfAbsent(index, _ -> new StringBuilder());
        if (text.length() <= MAX_CHARACTERS) {
          text.append(content);
        }
      }
      if (choice.path("finish_reason").isString()) {
        ends = true;
        if (choice instanceof ObjectNode ended) {
          ObjectNode delta =
              ended.path("delta") instanceof ObjectNode said ? said : ended.putObject("delta");
          Citations.add(of(index), delta);
        }
      }
    }
    ended |= ends;
    return ends;
  }

  /**
   * What is left to say before the end of a stream whose provider ends no choice.
   *
   * @return choices of a further chunk; empty where a chunk has ended them
   */
  public Optional<ArrayNode> rest() {
    if (ended || open.isEmpty()) {
      return Optional.empty();
    }
    ArrayNode choices = JsonNodeFactory.instance.arrayNode();
    open.keySet().stream()
        .sorted()
        .toList()
        .forEach(index -> {
          ObjectNode choice = choices.addObject().put("index", index);
          Citations.add(of(index), choice.putObject("delta"));
          choice.putNull("finish_reason");
        });
    return Optional.of(choices);
  }

  private ArrayNode of(int index) {
    StringBuilder text = open.remove(index);
    return text == null || text.length() > MAX_CHARACTERS
        ? JsonNodeFactory.instance.arrayNode()
        : citations.of(text.toString());
  }
}
