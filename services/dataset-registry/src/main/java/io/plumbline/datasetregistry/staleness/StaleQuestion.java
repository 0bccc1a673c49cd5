package io.plumbline.datasetregistry.staleness;

import io.plumbline.items.Item;
import io.plumbline.items.PassageReference;
import io.plumbline.platform.body.StorableText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that no longer fits the documents, on the wire.
 *
 * @param row its row in the version of the questions, from 1
 * @param question the beginning of the question, with sensitive values masked; in a conversation,
 *     of the last message of the user
 * @param causes the causes, ordered by kind and then by passage or answer
 */
record StaleQuestion(long row, String itemId, String question, List<StalePassage> causes) {

  /** The maximum characters of a text in a list. */
  static final int MAX_TEXT = 200;

  /**
   * A cause.
   *
   * @param documentId the id of the document that it concerns
   * @param text the beginning of the quote, section or answer that is gone, masked; absent if the
   *     document itself is gone or changed
   */
  record StalePassage(StaleCause cause, String documentId, @Nullable String text) {}

  /**
   * @param masked the item with its sensitive values masked
   */
  static StaleQuestion of(StaleQuestionCheck.Stale stale, Item masked) {
    return new StaleQuestion(
        stale.row(),
        stale.itemId(),
        shorten(masked.input().question()),
        stale.causes().stream().map(found -> toPassage(found, masked)).toList());
  }

  private static StalePassage toPassage(StaleQuestionCheck.Found found, Item masked) {
    return new StalePassage(found.cause(), found.documentId(), missingText(found, masked));
  }

  private static @Nullable String missingText(StaleQuestionCheck.Found found, Item masked) {
    List<PassageReference> passages = masked.expected().passages();
    List<String> answers = masked.expected().answers();
    String text =
        switch (found.cause()) {
          case QUOTE_GONE -> passages.get(found.place()).text();
          case SECTION_GONE -> passages.get(found.place()).section();
          case ANSWER_GONE -> answers == null ? null : answers.get(found.place());
          case DOCUMENT_GONE, DOCUMENT_CHANGED -> null;
        };
    return text == null ? null : shorten(text);
  }

  private static String shorten(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= MAX_TEXT ? line : StorableText.truncate(line, MAX_TEXT - 1) + "…";
  }
}
