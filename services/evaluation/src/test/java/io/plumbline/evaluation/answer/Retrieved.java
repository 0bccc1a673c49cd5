package io.plumbline.evaluation.answer;

import io.plumbline.evaluation.answer.ModelAnswer.Citation;
import io.plumbline.evaluation.answer.ModelAnswer.Passage;
import io.plumbline.items.Expected;
import io.plumbline.items.PassageReference;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Creates answers with retrieved passages, and references of items to passages, for tests. */
public final class Retrieved {

  private Retrieved() {}

  public static Passage passage(int number, String document, String section, String text) {
    return new Passage(number, "p" + number, document, section, text);
  }

  /**
   * Returns an answer with a passage of each document, the best first; {@code -} is a document that
   * no item refers to.
   */
  public static ModelAnswer documents(String... documents) {
    return answer(
        IntStream.range(0, documents.length)
            .mapToObj(i -> passage(i + 1, documents[i], "", "text"))
            .toArray(Passage[]::new));
  }

  public static ModelAnswer answer(Passage... passages) {
    return new ModelAnswer(
        ModelMessage.ofText("It takes 14 days."), List.of(), false, 0.9, List.of(passages));
  }

  /** Returns the answer with citations of the given passages. */
  public static ModelAnswer citing(ModelAnswer answer, int... numbers) {
    List<Citation> citations =
        Arrays.stream(numbers)
            .mapToObj(number ->
                answer.passages().stream()
                    .filter(passage -> passage.number() == number)
                    .map(passage ->
                        new Citation(
                            number, passage.passageId(), passage.documentId(), passage.section()))
                    .findFirst()
                    .orElseThrow())
            .toList();
    return new ModelAnswer(
        answer.message(), citations, answer.abstained(), answer.confidence(), answer.passages());
  }

  public static Expected references(PassageReference... references) {
    return Expected.ofAnswers(List.of("14 days"), List.of(references));
  }

  public static Expected ofDocuments(String... documents) {
    return references(
        Arrays.stream(documents)
            .map(document -> new PassageReference(document, null, null))
            .toArray(PassageReference[]::new));
  }
}
