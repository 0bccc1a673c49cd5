package io.plumbline.inference.answer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the citations of a stream. A mark may be split over chunks, so the annotations of a choice
 * are sent with the chunk that ends it.
 */
public final class StreamedCitations {

  /** The characters of all choices that get annotations. */
  static final int MAX_CHARACTERS = 1024 * 1024;

  /** The choices of a stream that are read, which are more than a call may ask for. */
  static final int MAX_CHOICES = 128;

  private final Citations citations;
  private final Map<Integer, StringBuilder> open = new HashMap<>();
  private int characters;
  private boolean ended;

  public StreamedCitations(Citations citations) {
    this.citations = citations;
  }

  /**
   * Adds the annotations of each choice that a chunk ends.
   *
   * @return whether the chunk ends a choice
   */
  public boolean annotate(ObjectNode chunk) {
    boolean ends = false;
    for (JsonNode choice : chunk.path("choices").values()) {
      int index = choice.path("index").asInt(0);
      String content = choice.path("delta").path("content").asString("");
      if (!citations.hasNoPassages()
          && !content.isEmpty()
          && index >= 0
          && index < MAX_CHOICES
          && characters <= MAX_CHARACTERS) {
        open.computeIfAbsent(index, _ -> new StringBuilder()).append(content);
        characters += content.length();
      }
      if (choice.path("finish_reason").isString()) {
        ends = true;
        if (choice instanceof ObjectNode ended) {
          ObjectNode delta =
              ended.path("delta") instanceof ObjectNode said ? said : ended.putObject("delta");
          Citations.addAnnotations(takeAnnotations(index), delta);
        }
      }
    }
    ended |= ends;
    return ends;
  }

  /**
   * Returns the annotations that are left at the end of a stream in which the provider ended no
   * choice.
   *
   * @return the choices of a further chunk; empty when a chunk ended any choice, or when nothing is
   *     left
   */
  public Optional<ArrayNode> remainingChoices() {
    if (ended || open.isEmpty()) {
      return Optional.empty();
    }
    ArrayNode choices = JsonNodeFactory.instance.arrayNode();
    open.keySet().stream()
        .sorted()
        .toList()
        .forEach(index -> {
          ObjectNode choice = choices.addObject().put("index", index);
          Citations.addAnnotations(takeAnnotations(index), choice.putObject("delta"));
          choice.putNull("finish_reason");
        });
    return Optional.of(choices);
  }

  private ArrayNode takeAnnotations(int index) {
    StringBuilder text = open.remove(index);
    if (text == null || characters > MAX_CHARACTERS) {
      return JsonNodeFactory.instance.arrayNode();
    }
    return citations.annotationsOf(text.toString());
  }
}
