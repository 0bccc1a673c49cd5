package io.plumbline.datasetregistry.staleness;

import io.plumbline.contracts.Digest;
import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Item;
import io.plumbline.items.PassageReference;
import io.plumbline.platform.similarity.NormalText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A check of questions against documents. It receives the questions first, then the documents, then
 * the documents of an earlier version, one at a time. Texts are searched as whole words in the
 * canonical title and text of a document, so that case, punctuation and line breaks make no
 * difference. Nothing is kept of documents that no question names.
 */
final class StaleQuestionCheck {

  /**
   * A cause that was found for a question.
   *
   * @param place the index of the passage, or for {@link StaleCause#ANSWER_GONE} of the answer,
   *     from 0
   */
  record Found(StaleCause cause, int place, String documentId) {}

  /**
   * A question with at least one cause.
   *
   * @param row the number of its row, from 1
   * @param offset the offset of its line in the file
   */
  record Stale(long row, long offset, String itemId, List<Found> causes) {

    boolean hasCause(StaleCause cause) {
      return causes.stream().anyMatch(found -> found.cause() == cause);
    }
  }

  /**
   * The result of a check.
   *
   * @param stale the stale questions in the order of their rows
   */
  record Result(
      long questions, long withPassages, List<Stale> stale, Map<StaleCause, Long> counts) {}

  private static final String BETWEEN_HEADINGS = " > ";

  /** A question with the causes that were found so far. */
  private static final class CheckedQuestion {
    final long row;
    final long offset;
    final String itemId;
    final List<PassageReference> passages;
    final List<String> answers;
    final Set<Found> found = new LinkedHashSet<>();

    CheckedQuestion(long row, long offset, Item item, Expected expected) {
      this.row = row;
      this.offset = offset;
      this.itemId = item.itemId();
      this.passages = expected.passages();
      List<String> given = expected.answers();
      this.answers = given == null ? List.of() : given;
    }

    /** Returns all texts that are searched in a document. */
    Stream<String> wantedTexts(String documentId) {
      return Stream.concat(
          answers.stream(),
          passages.stream()
              .filter(passage -> passage.documentId().equals(documentId))
              .flatMap(
                  passage -> Stream.concat(Stream.ofNullable(passage.text()), headings(passage))));
    }

    Stale toStale() {
      List<Found> causes = new ArrayList<>(found);
      causes.sort(Comparator.comparing(Found::cause).thenComparingInt(Found::place));
      return new Stale(row, offset, itemId, List.copyOf(causes));
    }
  }

  /**
   * A document that questions name.
   *
   * @param text the digest of its title and text
   * @param gone the indexes of the answers that do not occur in it, by question
   */
  private record Seen(Digest text, Map<CheckedQuestion, List<Integer>> gone) {}

  private final Map<String, List<CheckedQuestion>> byDocument = new HashMap<>();
  private final List<CheckedQuestion> checkedQuestions = new ArrayList<>();
  private final Map<String, Seen> seen = new HashMap<>();
  private final Set<StaleCause> checkedCauses = new TreeSet<>();
  private final Runnable beforeComparison;
  private long questions;

  /**
   * @param beforeComparison runs for each document that a question names, and often while words are
   *     searched in it; it may end the check by an exception
   */
  StaleQuestionCheck(Runnable beforeComparison) {
    this.beforeComparison = beforeComparison;
  }

  /** Adds a question. */
  void addQuestion(long row, long offset, Item item) {
    questions++;
    if (!item.expected().passages().isEmpty()) {
      CheckedQuestion question = new CheckedQuestion(row, offset, item, item.expected());
      checkedQuestions.add(question);
      question.passages.stream()
          .map(PassageReference::documentId)
          .distinct()
          .forEach(id -> byDocument.computeIfAbsent(id, none -> new ArrayList<>()).add(question));
    }
  }

  /** Checks the questions against a document of the version. */
  void checkDocument(Document document) {
    String id = document.documentId();
    List<CheckedQuestion> about = byDocument.getOrDefault(id, List.of());
    if (about.isEmpty()) {
      return;
    }
    Set<String> occurring =
        findOccurringTexts(document, about.stream().flatMap(each -> each.wantedTexts(id)));
    Map<CheckedQuestion, List<Integer>> gone = new HashMap<>();
    for (CheckedQuestion question : about) {
      for (int i = 0; i < question.passages.size(); i++) {
        PassageReference passage = question.passages.get(i);
        if (passage.documentId().equals(id)) {
          if (!occurs(passage.text(), occurring)) {
            question.found.add(new Found(StaleCause.QUOTE_GONE, i, id));
          }
          if (!headings(passage).allMatch(heading -> occurs(heading, occurring))) {
            question.found.add(new Found(StaleCause.SECTION_GONE, i, id));
          }
        }
      }
      for (int i = 0; i < question.answers.size(); i++) {
        if (!occurs(question.answers.get(i), occurring)) {
          gone.computeIfAbsent(question, none -> new ArrayList<>()).add(i);
        }
      }
    }
    seen.put(id, new Seen(textDigest(document), gone));
  }

  /** Ends the documents. A document that a question names and that was not checked is gone. */
  void finishDocuments() {
    checkedCauses.addAll(
        List.of(StaleCause.DOCUMENT_GONE, StaleCause.QUOTE_GONE, StaleCause.SECTION_GONE));
    for (CheckedQuestion question : checkedQuestions) {
      for (int i = 0; i < question.passages.size(); i++) {
        String id = question.passages.get(i).documentId();
        if (!seen.containsKey(id)) {
          question.found.add(new Found(StaleCause.DOCUMENT_GONE, i, id));
        }
      }
    }
  }

  /** Compares a document of the earlier version with the current one. */
  void compareEarlier(Document document) {
    Seen now = seen.get(document.documentId());
    if (now == null || now.text().equals(textDigest(document))) {
      return;
    }
    String id = document.documentId();
    for (CheckedQuestion question : byDocument.getOrDefault(id, List.of())) {
      question.found.add(new Found(StaleCause.DOCUMENT_CHANGED, 0, id));
    }
    Set<String> occurredBefore =
        findOccurringTexts(
            document,
            now.gone().entrySet().stream()
                .flatMap(gone -> gone.getValue().stream().map(gone.getKey().answers::get)));
    now.gone()
        .forEach((question, answers) ->
            answers.stream()
                .filter(answer -> occurredBefore.contains(canonical(question.answers.get(answer))))
                .forEach(
                    answer -> question.found.add(new Found(StaleCause.ANSWER_GONE, answer, id))));
  }

  /** Ends the documents of the earlier version. */
  void finishEarlierDocuments() {
    checkedCauses.addAll(List.of(StaleCause.ANSWER_GONE, StaleCause.DOCUMENT_CHANGED));
  }

  Result result() {
    List<Stale> stale =
        checkedQuestions.stream()
            .filter(question -> !question.found.isEmpty())
            .map(CheckedQuestion::toStale)
            .toList();
    Map<StaleCause, Long> counts = new EnumMap<>(StaleCause.class);
    checkedCauses.forEach(
        cause -> counts.put(cause, stale.stream().filter(one -> one.hasCause(cause)).count()));
    return new Result(questions, checkedQuestions.size(), stale, counts);
  }

  /** Returns the canonical forms of the texts that occur in a document. */
  private Set<String> findOccurringTexts(Document document, Stream<String> texts) {
    List<String> wanted =
        texts.map(StaleQuestionCheck::canonical).filter(text -> !text.isEmpty()).toList();
    beforeComparison.run();
    return new WordSearch(wanted)
        .findIn(canonical(document.title() + "\n" + document.text()), beforeComparison);
  }

  /**
   * Returns whether a document contains a text. An absent text, or punctuation alone, counts as
   * contained.
   *
   * @param occurring the canonical forms of the texts that the document contains
   */
  private static boolean occurs(@Nullable String text, Set<String> occurring) {
    String wanted = text == null ? "" : canonical(text);
    return wanted.isEmpty() || occurring.contains(wanted);
  }

  /** Returns the headings of a section, which may include those above it, as in citations. */
  private static Stream<String> headings(PassageReference passage) {
    String section = passage.section();
    return section == null ? Stream.empty() : Stream.of(section.split(BETWEEN_HEADINGS));
  }

  private static String canonical(String text) {
    return NormalText.of(text).value();
  }

  private static Digest textDigest(Document document) {
    return Digest.ofText(document.title() + "\n" + document.text());
  }
}
