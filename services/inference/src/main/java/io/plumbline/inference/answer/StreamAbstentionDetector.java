package io.plumbline.inference.answer;

import io.plumbline.inference.abstention.Abstention;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out whether a provider's model abstains in a stream. That is known only at the end, since
 * the whole text of each choice has to declare it.
 */
public final class StreamAbstentionDetector {

  /** The longest text of all choices that may be an abstention; a longer one is an answer. */
  static final int MAX_CHARACTERS = 1024 * 1024;

  private final @Nullable Abstention abstention;
  private final Map<Integer, StringBuilder> texts = new TreeMap<>();
  private final Set<Integer> ended = new HashSet<>();
  private final int choices;
  private int characters;
  private boolean said;

  /**
   * Creates the check of one stream.
   *
   * @param abstention the abstention of the variant; absent where it always answers
   * @param choices the number of choices that the call asks for
   */
  public StreamAbstentionDetector(@Nullable Abstention abstention, int choices) {
    this.abstention = abstention;
    this.choices = choices;
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
      if (index < 0 || index >= StreamedCitations.MAX_CHOICES) {
        continue;
      }
      StringBuilder text = texts.computeIfAbsent(index, _ -> new StringBuilder());
      if (characters <= MAX_CHARACTERS) {
        String content = choice.path("delta").path("content").asString("");
        text.append(content);
        characters += content.length();
      }
      if (choice.path("finish_reason").isString()) {
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

  /** Returns whether every choice that was read is an abstention. */
  public boolean isAbstention() {
    Abstention declared = abstention;
    return declared != null
        && !texts.isEmpty()
        && characters <= MAX_CHARACTERS
        && texts.values().stream().allMatch(text -> declared.appliesTo(null, text.toString()));
  }
}
