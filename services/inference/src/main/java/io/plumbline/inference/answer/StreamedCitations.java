package io.plumbline.inference.answer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the citations of a stream. A mark may be split over chunks, so the annotations of a choice
 * are sent with the chunk that ends it.
 */
public final class StreamedCitations {

  private final Citations citations;
  private final AnswerTexts texts;

  /** The characters of each choice whose annotations were sent, by its index. */
  private final Map<Integer, Integer> annotated = new HashMap<>();

  private boolean ended;

  /**
   * Creates the citations of one stream.
   *
   * @param texts the texts of the stream, to which each chunk is added before it is annotated
   */
  public StreamedCitations(Citations citations, AnswerTexts texts) {
    this.citations = citations;
    this.texts = texts;
  }

  /**
   * Adds the annotations of each choice that a chunk ends.
   *
   * @return whether the chunk ends a choice
   */
  public boolean annotate(ObjectNode chunk) {
    boolean ends = false;
    for (JsonNode choice : chunk.path("choices").values()) {
      if (choice.path("finish_reason").isString()) {
        ends = true;
        if (choice instanceof ObjectNode ended) {
          ObjectNode delta =
              ended.path("delta") instanceof ObjectNode said ? said : ended.putObject("delta");
          int index = choice.path("index").asInt(0);
          Citations.addAnnotations(takeAnnotations(index, texts.choices().get(index)), delta);
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
    SortedMap<Integer, AnswerTexts.Choice> open = new TreeMap<>(texts.choices());
    open.entrySet()
        .removeIf(each -> each.getValue().length() == annotated.getOrDefault(each.getKey(), 0));
    if (ended || open.isEmpty() || citations.hasNoPassages()) {
      return Optional.empty();
    }
    ArrayNode choices = JsonNodeFactory.instance.arrayNode();
    open.forEach((index, text) -> {
      ObjectNode choice = choices.addObject().put("index", index);
      Citations.addAnnotations(takeAnnotations(index, text), choice.putObject("delta"));
      choice.putNull("finish_reason");
    });
    return Optional.of(choices);
  }

  /** Returns the annotations of the text that has none yet. */
  private ArrayNode takeAnnotations(int index, AnswerTexts.@Nullable Choice choice) {
    if (choice == null || choice.isCut() || citations.hasNoPassages()) {
      return JsonNodeFactory.instance.arrayNode();
    }
    Integer from = annotated.put(index, choice.length());
    return citations.annotationsOf(choice.text().substring(from == null ? 0 : from));
  }
}
