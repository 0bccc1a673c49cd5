package io.plumbline.evaluation.leakage;

import io.plumbline.evaluation.answer.References;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.PassageReference;
import io.plumbline.platform.similarity.NormalText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The questions of items with what answers them, to be looked for in documents, as whole words
 * after normalisation. {@link Input#question} defines the question of an item.
 */
final class DocumentQuestions {

  /** Words of a question by which it is found; the rest is compared where these occur. */
  private static final int PREFIX_WORDS = 3;

  /** A question of fewer words may stand in a document by chance, where no answer is beside it. */
  private static final int MIN_WORDS = 4;

  private record Question(String itemId, String text) {}

  /**
   * What an item expects of documents.
   *
   * @param texts any of which answers the question, or is quoted as what does
   * @param documents that give the answer
   * @param none whether no document is to answer it
   */
  private record Answers(List<String> texts, Set<String> documents, boolean none) {

    static Answers of(Item item) {
      Expected expected = item.expected();
      return new Answers(
          Stream.concat(
                  References.orAnswers(expected).stream(),
                  expected.passages().stream()
                      .flatMap(passage -> Optional.ofNullable(passage.text()).stream()))
              .map(DocumentQuestions::words)
              .filter(text -> !text.isBlank())
              .toList(),
          expected.passages().stream()
              .map(PassageReference::documentId)
              .collect(Collectors.toSet()),
          expected.unanswerable());
    }

    boolean isEmpty() {
      return texts.isEmpty() && documents.isEmpty() && !none;
    }
  }

  private final Map<String, List<Question>> byLead = new HashMap<>();
  private final Map<String, Answers> answers = new HashMap<>();

  void add(Item item) {
    Answers expected = Answers.of(item);
    String question = words(item.input().question());
    if (!expected.isEmpty() && !question.isBlank()) {
      answers.put(item.itemId(), expected);
      byLead
          .computeIfAbsent(lead(question, 1, PREFIX_WORDS), lead -> new ArrayList<>())
          .add(new Question(item.itemId(), question));
    }
  }

  /** With a space at both ends, so that what is found in it are whole words. */
  private static String words(String text) {
    return " " + NormalText.of(text).value() + " ";
  }

  /**
   * So many words from a place behind a space on, with the space behind them; fewer at the end of a
   * short text.
   */
  private static String lead(String words, int from, int most) {
    int to = from;
    for (int count = 0; count < most && to < words.length(); count++) {
      to = words.indexOf(' ', to) + 1;
    }
    return words.substring(from, to);
  }

  /** What a document says of the questions. */
  final class Document {

    private final String id;
    private final String words;

    private Document(String id, String words) {
      this.id = id;
      this.words = words;
    }

    /**
     * The items whose question it has word by word, with one of their answers. A question is given
     * away without one, too, by the document that it is to be found in, and by any where none is to
     * answer it.
     */
    Set<String> answered() {
      Set<String> answered = new HashSet<>();
      for (int from = 1; from > 0 && from < words.length(); from = words.indexOf(' ', from) + 1) {
        for (int length = 1; length <= PREFIX_WORDS; length++) {
          for (Question question : byLead.getOrDefault(lead(words, from, length), List.of())) {
            if (words.startsWith(question.text(), from - 1)
                && (answers(question.itemId()) || isGivenAway(question))) {
              answered.add(question.itemId());
            }
          }
        }
      }
      return answered;
    }

    private boolean isGivenAway(Question question) {
      Answers expected = answers.get(question.itemId());
      return expected != null
          && (expected.none() || expected.documents().contains(id))
          && question.text().strip().split(" ").length >= MIN_WORDS;
    }

    /** Whether it has one of an item's answers. */
    boolean answers(String itemId) {
      Answers expected = answers.get(itemId);
      return expected != null && expected.texts().stream().anyMatch(words::contains);
    }
  }

  Document in(String id, NormalText document) {
    return new Document(id, " " + document.value() + " ");
  }
}
