package io.plumbline.inference.answer;

import io.plumbline.inference.retrieval.Passage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The object {@code plumbline} at the top level of a chat completion, or of the chunk that ends a
 * stream's choice: what Plumbline says of an answer beside what the OpenAI API has. It is absent
 * where there is nothing to say.
 */
public final class AnswerExtension {

  public static final String FIELD = "plumbline";

  private AnswerExtension() {}

  /**
   * @param answer a chat completion or a chunk of one
   * @param confidence of the model in its answer, from 0 to 1
   */
  public static void confidence(ObjectNode answer, double confidence) {
    of(answer).put("confidence", confidence);
  }

  /**
   * @param abstained whether the answer is the one that its variant gives where it knows none
   */
  public static void abstained(ObjectNode answer, boolean abstained) {
    of(answer).put("abstained", abstained);
  }

  /**
   * @param passages that the model was given, best first
   */
  public static void passages(ObjectNode answer, List<Passage> passages) {
    ArrayNode list = of(answer).putArray("passages");
    passages.forEach(passage -> list.add(passage(passage, list.objectNode())));
  }

  /** Absent where the model says nothing of it. */
  public static @Nullable Double confidence(ObjectNode answer) {
    JsonNode confidence = answer.path(FIELD).path("confidence");
    return confidence.isNumber() ? confidence.asDouble() : null;
  }

  public static boolean isAbstained(ObjectNode answer) {
    return answer.path(FIELD).path("abstained").asBoolean(false);
  }

  /** Lets a chunk of an answer say what the whole answer does. */
  public static void copy(ObjectNode answer, ObjectNode chunk) {
    JsonNode extension = answer.path(FIELD);
    if (extension.isObject()) {
      chunk.set(FIELD, extension);
    }
  }

  /**
   * Removes from what a provider answered all that Plumbline alone says: its extension, and which
   * passage an annotation cites.
   *
   * @param answer a chat completion or a chunk of one
   */
  public static void withoutForged(ObjectNode answer) {
    answer.remove(FIELD);
    for (JsonNode choice : answer.path("choices").values()) {
      for (String said : List.of("message", "delta")) {
        for (JsonNode annotation : choice.path(said).path(Citations.ANNOTATIONS).values()) {
          if (annotation instanceof ObjectNode given) {
            given.remove(Citations.PASSAGE);
          }
        }
      }
    }
  }

  /** A copy of what is there: answers share what the cache keeps. */
  private static ObjectNode of(ObjectNode answer) {
    ObjectNode extension =
        answer.path(FIELD) instanceof ObjectNode present ? present.deepCopy() : answer.objectNode();
    answer.set(FIELD, extension);
    return extension;
  }

  private static ObjectNode passage(Passage passage, ObjectNode said) {
    said.put("number", passage.number())
        .put("passageId", passage.passageId())
        .put("documentId", passage.documentId())
        .put("title", passage.title())
        .put("section", passage.section());
    if (passage.url() != null) {
      said.put("url", passage.url());
    }
    if (passage.publishedAt() != null) {
      said.put("publishedAt", passage.publishedAt().toString());
    }
    return said.put("start", passage.start())
        .put("end", passage.end())
        .put("score", passage.score())
        .put("text", passage.text());
  }
}
