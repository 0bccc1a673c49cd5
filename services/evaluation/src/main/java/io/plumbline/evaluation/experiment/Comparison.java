package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.metric.Pairing;
import io.plumbline.evaluation.run.Run;
import io.plumbline.statistics.Holm;
import io.plumbline.statistics.Interval;
import io.plumbline.statistics.PairedOutcomes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The result of comparing candidates with a baseline on their common items. It is a pure function
 * of the answers and the seed.
 *
 * @param contributions the difference of each step of an ablation from the step before it; empty
 *     when no ablation was requested
 */
public record Comparison(List<Candidate> candidates, List<Contribution> contributions) {

  static final double ALPHA = 0.05;

  /**
   * The result of one candidate.
   *
   * @param differences candidate minus baseline by metric, with 95% paired bootstrap intervals
   * @param scorer the scorer whose full score makes an answer correct: the one of labels, else the
   *     first of the suite
   * @param correct the paired table of correct answers, its McNemar tests and score interval
   * @param slices the same per label, with p-values adjusted over the labels; empty while the
   *     outputs are sealed
   * @param pValue McNemar's mid-p of the correct answers, adjusted by Holm's procedure over the
   *     candidates of the comparison
   * @param conclusion PASS for better, FAIL for worse, INCONCLUSIVE where that p-value shows no
   *     difference
   */
  public record Candidate(
      UUID runId,
      Digest subjectDigest,
      @Nullable String component,
      int commonItems,
      Map<String, Measure> differences,
      double pValue,
      String scorer,
      Correctness correct,
      List<Slice> slices,
      Outcome conclusion) {}

  /**
   * The paired table of correct answers with McNemar's tests and Tango's interval of the
   * difference.
   */
  public record Correctness(
      PairedOutcomes table, double exactPValue, double midPValue, Interval scoreInterval) {}

  /** The difference on the items of one label. */
  public record Slice(
      String label,
      long items,
      double difference,
      Interval scoreInterval,
      double midPValue,
      double adjustedPValue,
      boolean regression) {}

  /** The contribution of one step of an ablation. */
  public record Contribution(
      String component, UUID runId, UUID onTopOf, Map<String, Measure> differences) {}

  /** A run's answers paired with those of the run it is compared with. */
  record Paired(Run run, Run against, Pairing pairing, SharedScorers scorers) {

    private PairedOutcomes outcomes() {
      return pairing.outcomes(scorers.decidingScorer());
    }
  }

  static Comparison of(
      List<Paired> candidates, List<Paired> chain, Collection<String> labels, long seed) {
    double[] adjusted =
        Holm.adjust(candidates.stream().mapToDouble(c -> c.outcomes().mcNemarMidP()).toArray());
    List<Candidate> compared = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      compared.add(candidate(candidates.get(i), adjusted[i], labels, seed));
    }
    List<Contribution> contributions =
        chain.stream()
            .map(step ->
                new Contribution(
                    componentOrModel(step.run()),
                    step.run().id(),
                    step.against().id(),
                    differences(step, seed)))
            .toList();
    return new Comparison(compared, contributions);
  }

  private static Candidate candidate(
      Paired paired, double adjusted, Collection<String> labels, long seed) {
    Pairing pairing = paired.pairing();
    PairedOutcomes table = paired.outcomes();
    return new Candidate(
        paired.run().id(),
        paired.run().subjectDigest(),
        paired.run().component(),
        pairing.pairs().size(),
        differences(paired, seed),
        adjusted,
        paired.scorers().decidingScorer(),
        new Correctness(
            table,
            table.mcNemarExact(),
            table.mcNemarMidP(),
            table.tangoInterval(Measure.CONFIDENCE)),
        slices(paired, labels),
        conclusion(table, adjusted));
  }

  private static Outcome conclusion(PairedOutcomes table, double adjustedPValue) {
    if (adjustedPValue > ALPHA) {
      return Outcome.INCONCLUSIVE;
    }
    if (table.difference() > 0) {
      return Outcome.PASS;
    }
    return Outcome.FAIL;
  }

  private static Map<String, Measure> differences(Paired paired, long seed) {
    Map<String, Measure> differences = new LinkedHashMap<>();
    for (Metric metric : paired.scorers().metrics()) {
      Measure difference = paired.pairing().difference(metric, Measure.CONFIDENCE, seed);
      if (difference != null) {
        differences.put(metric.name(), difference);
      }
    }
    return differences;
  }

  private static List<Slice> slices(Paired paired, Collection<String> labels) {
    Map<String, PairedOutcomes> tables = new LinkedHashMap<>();
    new TreeSet<>(labels)
        .forEach(label ->
            paired
                .pairing()
                .outcomes(paired.scorers().decidingScorer(), label)
                .ifPresent(table -> tables.put(label, table)));
    double[] adjusted =
        Holm.adjust(tables.values().stream().mapToDouble(PairedOutcomes::mcNemarMidP).toArray());
    List<Slice> slices = new ArrayList<>();
    tables.forEach((label, table) -> {
      double p = adjusted[slices.size()];
      slices.add(
          new Slice(
              label,
              table.items(),
              table.difference(),
              table.tangoInterval(Measure.CONFIDENCE),
              table.mcNemarMidP(),
              p,
              table.difference() < 0 && p <= ALPHA));
    });
    return slices;
  }

  private static String componentOrModel(Run run) {
    return Objects.requireNonNullElse(run.component(), run.model());
  }
}
