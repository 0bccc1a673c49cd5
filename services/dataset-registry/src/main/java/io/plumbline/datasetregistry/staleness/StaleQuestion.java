package io.plumbline.datasetregistry.staleness;

import io.plumbline.items.Item;
import io.plumbline.items.PassageReference;
import io.plumbline.platform.body.StorableText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that no longer fits the documents, on the wire.
 *
 * @param row in the version of the questions; from 1
 * @param question its beginning, with sensitive values masked: of a conversation the last message
 *     of the user
 * @param causes by their kinds, and of each in the order of its passages or answers
 */
record StaleQuestion(long row, String itemId, String question, List<StalePassage> causes) {

  /** Characters of a text that a list shows. */
  static final int LONGEST = 200;

  /**
   * One cause.
   *
   * @param documentId of the document that it is about
   * @param text the beginning of the quote, of the section or of the answer that is gone, masked;
   *     absent where the document itself is gone or changed
   */
  record StalePassage(StaleCause cause, String documentId, @Nullable String text) {}

  /**
   * @param masked the item with its sensitive values masked
   */
  static StaleQuestion of(QuestionCheck.Stale stale, Item masked) {
    return new StaleQuestion(
        stale.row(),
        stale.itemId(),
        cut(masked.input().question()),
        stale.causes().stream().map(found -> passage(found, masked)).toList());
  }

  private static StalePassage passage(QuestionCheck.Found found, Item masked) {
    return new StalePassage(found.cause(), found.documentId(), text(found, masked));
  }

  private static @Nullable String text(QuestionCheck.Found found, Item masked) {
    List<PassageReference> passages = masked.expected().passages();
    List<String> answers = masked.expected().answers();
    String text =
        switch (found.cause()) {
          case QUOTE_GONE -> passages.get(found.place()).text();
          case SECTION_GONE -> passages.get(found.place()).section();
          case ANSWER_GONE -> answers == null ? null : answers.get(found.place());
          case DOCUMENT_GONE, DOCUMENT_CHANGED -> null;
        };
    return text == null ? null : cut(text);
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : StorableText.head(line, LONGEST - 1) + "…";
  }
}
