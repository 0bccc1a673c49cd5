package io.plumbline.evaluation.leakage;

import io.plumbline.evaluation.answer.ReferenceAnswers;
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
 * The questions of items with their answers, which are looked for in documents as whole words after
 * normalisation. {@link Input#question} defines the question of an item.
 */
final class DocumentQuestions {

  /** The number of first words by which a question is found; the rest is compared afterwards. */
  private static final int PREFIX_WORDS = 3;

  /**
   * The smallest number of words of a question that counts as found without an answer. A shorter
   * one may stand in a document by chance.
   */
  private static final int MIN_WORDS = 4;

  private record Question(String itemId, String text) {}

  /**
   * The answers to the question of an item.
   *
   * @param texts the texts that answer the question, or that are quoted as doing so
   * @param documents the documents that give the answer
   * @param none whether no document is to answer it
   */
  private record Answers(List<String> texts, Set<String> documents, boolean none) {

    static Answers of(Item item) {
      Expected expected = item.expected();
      return new Answers(
          Stream.concat(
                  ReferenceAnswers.answersOrReferences(expected).stream(),
                  expected.passages().stream()
                      .flatMap(passage -> Optional.ofNullable(passage.text()).stream()))
              .map(DocumentQuestions::paddedWords)
              .filter(text -> !text.isBlank())
              .toList(),
          expected.passages().stream()
              .map(PassageReference::documentId)
              .collect(Collectors.toSet()),
          expected.isUnanswerable());
    }

    boolean isEmpty() {
      return texts.isEmpty() && documents.isEmpty() && !none;
    }
  }

  private final Map<String, List<Question>> byPrefix = new HashMap<>();
  private final Map<String, Answers> answers = new HashMap<>();

  void add(Item item) {
    Answers expected = Answers.of(item);
    String question = paddedWords(item.input().question());
    if (!expected.isEmpty() && !question.isBlank()) {
      answers.put(item.itemId(), expected);
      byPrefix
          .computeIfAbsent(firstWords(question, 1, PREFIX_WORDS), prefix -> new ArrayList<>())
          .add(new Question(item.itemId(), question));
    }
  }

  /** Returns a normalised text with a space at both ends, so that only whole words are found. */
  private static String paddedWords(String text) {
    return " " + NormalText.of(text).value() + " ";
  }

  /**
   * Returns the words that begin at an index, with the space behind them; fewer than the limit
   * where the text ends before.
   */
  private static String firstWords(String words, int from, int limit) {
    int to = from;
    for (int count = 0; count < limit && to < words.length(); count++) {
      to = words.indexOf(' ', to) + 1;
    }
    return words.substring(from, to);
  }

  /** A document in which the questions are looked for. */
  final class Document {

    private final String id;
    private final String words;

    private Document(String id, String words) {
      this.id = id;
      this.words = words;
    }

    /**
     * Returns the ids of the items whose question the document contains word by word together with
     * one of their answers. The question alone is enough in a document that is to give the answer,
     * and in any document where none is to answer it.
     */
    Set<String> answeredItemIds() {
      Set<String> answered = new HashSet<>();
      for (int from = 1; from > 0 && from < words.length(); from = words.indexOf(' ', from) + 1) {
        for (int length = 1; length <= PREFIX_WORDS; length++) {
          for (Question question :
              byPrefix.getOrDefault(firstWords(words, from, length), List.of())) {
            if (words.startsWith(question.text(), from - 1)
                && (containsAnswerTo(question.itemId()) || isLeakedByQuestion(question))) {
              answered.add(question.itemId());
            }
          }
        }
      }
      return answered;
    }

    private boolean isLeakedByQuestion(Question question) {
      Answers expected = answers.get(question.itemId());
      return expected != null
          && (expected.none() || expected.documents().contains(id))
          && question.text().strip().split(" ").length >= MIN_WORDS;
    }

    /** Returns whether the document contains one of an item's answers. */
    boolean containsAnswerTo(String itemId) {
      Answers expected = answers.get(itemId);
      return expected != null && expected.texts().stream().anyMatch(words::contains);
    }
  }

  /** Returns a document in which the questions are looked for. */
  Document toSearchable(String id, NormalText document) {
    return new Document(id, " " + document.value() + " ");
  }
}
