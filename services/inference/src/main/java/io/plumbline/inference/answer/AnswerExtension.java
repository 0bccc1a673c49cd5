package io.plumbline.inference.answer;

import io.plumbline.inference.retrieval.Passage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The object {@code plumbline} at the top level of a chat completion, or of the chunk that ends a
 * stream's choice. It holds what Plumbline adds to an answer of the OpenAI API, and is absent where
 * there is nothing to add.
 */
public final class AnswerExtension {

  public static final String FIELD = "plumbline";

  private AnswerExtension() {}

  /**
   * Writes the model's confidence.
   *
   * @param answer a chat completion or a chunk of one
   * @param confidence the model's confidence in its answer, from 0 to 1
   */
  public static void writeConfidence(ObjectNode answer, double confidence) {
    writableExtension(answer).put("confidence", confidence);
  }

  /**
   * Writes whether the answer is an abstention.
   *
   * @param abstained whether the variant abstained, that is, has no answer
   */
  public static void writeAbstained(ObjectNode answer, boolean abstained) {
    writableExtension(answer).put("abstained", abstained);
  }

  /**
   * Writes the passages that the model was given.
   *
   * @param passages the passages, best first
   */
  public static void writePassages(ObjectNode answer, List<Passage> passages) {
    ArrayNode list = writableExtension(answer).putArray("passages");
    passages.forEach(passage -> list.add(writePassage(passage, list.objectNode())));
  }

  /** Returns the model's confidence in its answer; absent where the model reports none. */
  public static @Nullable Double confidence(ObjectNode answer) {
    JsonNode confidence = answer.path(FIELD).path("confidence");
    return confidence.isNumber() ? confidence.asDouble() : null;
  }

  public static boolean isAbstained(ObjectNode answer) {
    return answer.path(FIELD).path("abstained").asBoolean(false);
  }

  /** Copies the extension of a whole answer to a chunk of it. */
  public static void copyTo(ObjectNode answer, ObjectNode chunk) {
    JsonNode extension = answer.path(FIELD);
    if (extension.isObject()) {
      chunk.set(FIELD, extension);
    }
  }

  /**
   * Removes from a provider's answer the fields that only Plumbline may write: its extension, and
   * the cited passage of an annotation.
   *
   * @param answer a chat completion or a chunk of one
   */
  public static void removeForged(ObjectNode answer) {
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

  /**
   * Returns the extension of an answer, ready to be changed. It is a copy, because answers share
   * the extension that the cache keeps.
   */
  private static ObjectNode writableExtension(ObjectNode answer) {
    ObjectNode extension =
        answer.path(FIELD) instanceof ObjectNode present ? present.deepCopy() : answer.objectNode();
    answer.set(FIELD, extension);
    return extension;
  }

  private static ObjectNode writePassage(Passage passage, ObjectNode said) {
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
