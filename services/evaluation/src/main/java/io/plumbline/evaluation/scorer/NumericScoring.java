package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.NumberExtractor;
import io.plumbline.evaluation.answer.ReferenceAnswers;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.scorer.Scorer.Position;
import io.plumbline.items.Expected;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The scorer that checks whether a number of the text equals that of a reference, by value and
 * within a tolerance. The tolerance is the larger of an absolute one and of a share of the
 * reference.
 *
 * @param position which number of a text counts, in references too
 */
record NumericScoring(Position position, BigDecimal absolute, BigDecimal relative)
    implements TextScoring {

  @Override
  public Score score(Expected expected, String text) {
    Optional<BigDecimal> answered = number(text);
    if (answered.isEmpty()) {
      return Score.zero("The answer has no number.");
    }
    BigDecimal answer = answered.get();
    List<BigDecimal> references = numbers(expected);
    boolean near = references.stream().anyMatch(reference -> isNear(answer, reference));
    return Score.of(
        near,
        "The %s number is %s, which %s %s%s."
            .formatted(
                position == Position.FIRST ? "first" : "last",
                Score.quoted(answer.toString()),
                near ? "equals" : "does not equal",
                ReferenceAnswers.describeCount(references),
                absolute.signum() > 0 || relative.signum() > 0 ? " within the tolerance" : ""));
  }

  private boolean isNear(BigDecimal answer, BigDecimal reference) {
    BigDecimal tolerance = absolute.max(relative.multiply(reference.abs()));
    return answer.subtract(reference).abs().compareTo(tolerance) <= 0;
  }

  private Optional<BigDecimal> number(String text) {
    List<BigDecimal> numbers = NumberExtractor.extractFrom(text);
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (position) {
          case FIRST -> numbers.getFirst();
          case LAST -> numbers.getLast();
        });
  }

  private List<BigDecimal> numbers(Expected expected) {
    return ReferenceAnswers.of(expected).stream()
        .flatMap(reference -> number(reference).stream())
        .toList();
  }

  @Override
  public Optional<String> missingPart(Expected expected) {
    if (!numbers(expected).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of("references with a number");
  }
}
