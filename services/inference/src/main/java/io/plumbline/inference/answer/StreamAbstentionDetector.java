package io.plumbline.inference.answer;

import io.plumbline.inference.abstention.Abstention;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out whether a provider's model abstains in a stream. That is known only at the end, since
 * the whole text of each choice has to declare it.
 */
public final class StreamAbstentionDetector {

  private final @Nullable Abstention abstention;
  private final AnswerTexts texts;
  private final Set<Integer> ended = new HashSet<>();
  private final int choices;
  private boolean said;

  /**
   * Creates the check of one stream.
   *
   * @param abstention the abstention of the variant; absent where it always answers
   * @param choices the number of choices that the call asks for
   * @param texts the texts of the stream, to which each chunk is added before it is read here
   */
  public StreamAbstentionDetector(@Nullable Abstention abstention, int choices, AnswerTexts texts) {
    this.abstention = abstention;
    this.choices = choices;
    this.texts = texts;
  }

  /**
   * Reads a chunk. To the chunk that ends the last choice it adds whether the answer is an
   * abstention.
   */
  public void readChunk(ObjectNode chunk) {
    if (abstention == null) {
      return;
    }
    for (JsonNode choice : chunk.path("choices").values()) {
      int index = choice.path("index").asInt(0);
      if (texts.choices().containsKey(index) && choice.path("finish_reason").isString()) {
        ended.add(index);
      }
    }
    if (!said && ended.size() >= choices) {
      writeAbstained(chunk);
    }
  }

  /**
   * Returns whether the variant has an abstention and no chunk has stated yet whether it applies.
   */
  public boolean mustStillWriteAbstained() {
    return abstention != null && !said;
  }

  public void writeAbstained(ObjectNode chunk) {
    said = true;
    AnswerExtension.writeAbstained(chunk, isAbstention());
  }

  /** Returns whether every choice is an abstention; one that is cut is an answer. */
  public boolean isAbstention() {
    Abstention declared = abstention;
    return declared != null
        && !texts.choices().isEmpty()
        && texts.choices().values().stream()
            .allMatch(each -> !each.isCut() && declared.appliesTo(null, each.text()));
  }
}
