package io.plumbline.strategy.assessment;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.assessment.Assessment.Contribution;
import io.plumbline.strategy.assessment.Assessment.Evidenced;
import io.plumbline.strategy.projection.DatasetVersion;
import io.plumbline.strategy.projection.Run;
import io.plumbline.strategy.projection.Usage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Answers the tree's questions from measurements where there are any, and otherwise from the
 * person's answers.
 */
final class Assessor {

  /**
   * The number of rows that is enough to train a classification head and to hold out a test subset.
   * It comes from the learning curves that were measured during the design.
   */
  static final long ABUNDANT_ROWS = 1_000;

  static final long ABUNDANT_PER_LABEL = 50;
  static final long LIMITED_ROWS = 30;

  /** The largest gap that few-shot examples have been observed to close. */
  static final double SMALL_GAP = 0.05;

  static final long HIGH_VOLUME = 1_000_000;

  /**
   * The evidence that was measured or registered besides the answers.
   *
   * @param plainestRuns the runs of variants of the simplest approach, whose performance gap the
   *     first question asks for
   */
  record Measured(
      Optional<DatasetVersion> dataset,
      List<Criterion> criteria,
      List<Run> plainestRuns,
      Optional<Usage> usage,
      long estimatedVolume) {}

  private Assessor() {}

  static Assessment assess(Answers answers, Measured measured) {
    List<Evidenced> evidence =
        List.of(
            performanceGap(answers, measured),
            new Evidenced(Question.SPECIFICITY, answers.specificity().name(), "estimate"),
            dataAvailability(answers, measured),
            new Evidenced(Question.RESOURCES, answers.resources().name(), "estimate"));
    Map<Question, String> tree = new EnumMap<>(Question.class);
    evidence.forEach(each -> tree.put(each.question(), each.answer()));
    Diagnosis diagnosis = DecisionTree.diagnose(tree);
    List<Diagnosis.Flip> flips = DecisionTree.decisiveAnswerChanges(tree);
    List<Contribution> contributions = contributions(triggers(answers, measured));
    Map<Approach, Integer> scores = new EnumMap<>(Approach.class);
    for (Approach approach : Approach.values()) {
      scores.put(
          approach,
          contributions.stream()
              .filter(each -> each.approach() == approach)
              .mapToInt(Contribution::points)
              .sum());
    }
    int chosen = scores.getOrDefault(diagnosis.approach(), 0);
    return new Assessment(
        diagnosis.approach(),
        diagnosis.because(),
        diagnosis.path().stream().map(step -> step.question() + " " + step.answer()).toList(),
        evidence,
        flips.isEmpty() ? null : flips.getFirst(),
        flips,
        scores,
        contributions,
        scores.values().stream().anyMatch(points -> points > chosen));
  }

  private static Evidenced performanceGap(Answers answers, Measured measured) {
    Optional<Criterion> target =
        measured.criteria().stream().filter(each -> each.kind().measuresQuality()).findFirst();
    List<Double> values =
        target.stream()
            .flatMap(criterion ->
                measured.plainestRuns().stream().map(run -> run.metrics().get(criterion.metric())))
            .filter(Objects::nonNull)
            .map(Measure::value)
            .toList();
    if (target.isPresent() && !values.isEmpty()) {
      double best = Collections.max(values);
      double gap = target.get().threshold() - best;
      String source =
          String.format(
              Locale.ROOT,
              "measured: %s %.3f by prompt engineering alone, the best of %d, against the"
                  + " registered threshold %.3f",
              target.get().metric(),
              best,
              values.size(),
              target.get().threshold());
      return new Evidenced(Question.PERFORMANCE_GAP, sizeOf(gap), source);
    }
    String estimate =
        answers.performanceTarget() == Answers.PerformanceTarget.MODERATE ? "SMALL" : "LARGE";
    return new Evidenced(Question.PERFORMANCE_GAP, estimate, "estimate");
  }

  private static String sizeOf(double gap) {
    if (gap <= 0) {
      return "NONE";
    }
    if (gap <= SMALL_GAP) {
      return "SMALL";
    }
    return "LARGE";
  }

  private static Evidenced dataAvailability(Answers answers, Measured measured) {
    if (measured.dataset().isPresent()) {
      DatasetVersion dataset = measured.dataset().get();
      String labels =
          dataset.labels().isEmpty() ? "" : ", smallest label " + dataset.smallestLabel();
      return new Evidenced(
          Question.DATA_AVAILABILITY,
          availabilityOf(dataset),
          "measured: dataset %s version %d with %d rows%s"
              .formatted(dataset.dataset(), dataset.version(), dataset.rows(), labels));
    }
    Answers.DataAvailability estimate =
        Objects.requireNonNullElse(answers.dataAvailability(), Answers.DataAvailability.NONE);
    return new Evidenced(Question.DATA_AVAILABILITY, estimate.name(), "estimate");
  }

  private static String availabilityOf(DatasetVersion dataset) {
    boolean spread = dataset.labels().isEmpty() || dataset.smallestLabel() >= ABUNDANT_PER_LABEL;
    if (dataset.rows() >= ABUNDANT_ROWS && spread) {
      return "ABUNDANT";
    }
    if (dataset.rows() >= LIMITED_ROWS) {
      return "LIMITED";
    }
    return "NONE";
  }

  /**
   * Returns the triggers that the person named and those that follow from answers and evidence,
   * each with its source.
   */
  private static Map<DecisionFactor, String> triggers(Answers answers, Measured measured) {
    Map<DecisionFactor, String> triggers = new EnumMap<>(DecisionFactor.class);
    Set<DecisionFactor> named = Objects.requireNonNullElse(answers.triggers(), Set.of());
    named.forEach(decisionFactor -> triggers.put(decisionFactor, "estimate"));
    if (answers.resources() == Answers.Resources.LIMITED) {
      triggers.putIfAbsent(DecisionFactor.LIMITED_RESOURCES, "from the answer on resources");
    }
    if (answers.specificity() == Answers.Specificity.SPECIALISED) {
      triggers.putIfAbsent(DecisionFactor.SPECIALISED_DOMAIN, "from the answer on specificity");
    }
    if (answers.performanceTarget() == Answers.PerformanceTarget.CRITICAL) {
      triggers.putIfAbsent(
          DecisionFactor.ACCURACY_NOT_NEGOTIABLE, "from the answer on performance");
    }
    long estimate = Objects.requireNonNullElse(answers.monthlyVolume(), measured.estimatedVolume());
    Optional<Long> pace = measured.usage().flatMap(used -> Optional.ofNullable(used.monthlyPace()));
    long volume = pace.orElse(estimate);
    if (volume >= HIGH_VOLUME) {
      String source = pace.isPresent() ? "measured" : "estimate";
      triggers.putIfAbsent(
          DecisionFactor.HIGH_VOLUME, source + ": " + volume + " requests a month");
    }
    return triggers;
  }

  private static List<Contribution> contributions(Map<DecisionFactor, String> triggers) {
    List<Contribution> contributions = new ArrayList<>();
    triggers.forEach((decisionFactor, source) -> {
      for (Approach approach : Approach.values()) {
        int points = decisionFactor.points(approach);
        if (points != 0) {
          contributions.add(
              new Contribution(
                  decisionFactor,
                  approach,
                  points,
                  decisionFactor.meaning() + " (" + source + ")"));
        }
      }
    });
    return contributions;
  }
}
