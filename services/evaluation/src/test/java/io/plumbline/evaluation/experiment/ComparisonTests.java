package io.plumbline.evaluation.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.experiment.Comparison.Candidate;
import io.plumbline.evaluation.experiment.Comparison.Paired;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.metric.Observations;
import io.plumbline.evaluation.metric.Pairing;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.run.Run;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.ScorerType;
import io.plumbline.statistics.PairedOutcomes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTests {

  private static final List<String> LABELS = List.of("ham", "spam");
  private static final SharedScorers SCORERS =
      new SharedScorers(List.of(Scorer.of(ScorerType.LABEL)));

  private static Run run(int number, @Nullable String component) {
    return new Run(
        new UUID(0, number),
        "mail-triage",
        Digest.ofText("suite"),
        "variant/" + number,
        Digest.ofText("variant " + number),
        null,
        component,
        1,
        false,
        200,
        null,
        "ada",
        Instant.EPOCH,
        Run.State.FINISHED,
        Run.Result.NONE);
  }

  /** Returns 200 answers, half for each label, the first of which are right for each label. */
  private static List<Observation> answers(int correctHam, int correctSpam) {
    List<Observation> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String label = LABELS.get(i % 2);
      boolean correct = i / 2 < (i % 2 == 0 ? correctHam : correctSpam);
      answers.add(
          Observations.labelled(
              "i" + i,
              Perturbation.NONE,
              label,
              correct ? label : "?",
              false,
              10,
              BigDecimal.ZERO));
    }
    return answers;
  }

  private static Paired paired(Run run, List<Observation> answers, List<Observation> baseline) {
    return new Paired(run, run(0, null), Pairing.of(baseline, answers, LABELS), SCORERS);
  }

  private static Comparison compare(Paired... candidates) {
    return Comparison.of(List.of(candidates), List.of(), LABELS, 1);
  }

  @Test
  void a_candidate_is_better_worse_or_not_shown_to_differ() {
    List<Observation> baseline = answers(70, 70);

    assertThat(
            compare(
                    paired(run(1, null), answers(90, 90), baseline),
                    paired(run(2, null), answers(50, 50), baseline),
                    paired(run(3, null), answers(71, 70), baseline))
                .candidates())
        .extracting(Candidate::conclusion)
        .containsExactly(Outcome.PASS, Outcome.FAIL, Outcome.INCONCLUSIVE);
  }

  @Test
  void a_candidate_carries_its_paired_table_and_differences() {
    Candidate candidate =
        compare(paired(run(1, "+retrieval"), answers(80, 75), answers(70, 70)))
            .candidates()
            .getFirst();

    assertThat(candidate.runId()).isEqualTo(new UUID(0, 1));
    assertThat(candidate.subjectDigest()).isEqualTo(Digest.ofText("variant 1"));
    assertThat(candidate.component()).isEqualTo("+retrieval");
    assertThat(candidate.commonItems()).isEqualTo(200);
    assertThat(candidate.correct().table()).isEqualTo(new PairedOutcomes(140, 0, 15, 45));
    assertThat(candidate.differences())
        .containsOnlyKeys(
            "accuracy", "macro_f1", "latency_p50_ms", "latency_p95_ms", "cost_per_1000_usd");
    assertThat(candidate.differences().get("accuracy")).extracting(Measure::value).isEqualTo(0.075);
  }

  /** The procedure of Holm (1979) multiplies each of three equal p-values by three. */
  @Test
  void p_values_are_adjusted_for_the_number_of_candidates() {
    List<Observation> baseline = answers(70, 70);
    Paired same = paired(run(1, null), answers(75, 70), baseline);
    double alone = compare(same).candidates().getFirst().pValue();

    assertThat(compare(same, same, same).candidates())
        .extracting(Candidate::pValue)
        .allSatisfy(p -> assertThat(p).isCloseTo(Math.min(1, 3 * alone), within(1e-12)));
  }

  @Test
  void a_label_that_got_worse_is_a_regression_although_the_whole_got_better() {
    Candidate candidate =
        compare(paired(run(1, null), answers(100, 50), answers(40, 70))).candidates().getFirst();

    assertThat(candidate.conclusion()).isEqualTo(Outcome.PASS);
    assertThat(candidate.slices())
        .extracting(Comparison.Slice::label)
        .containsExactly("ham", "spam");
    assertThat(candidate.slices())
        .extracting(Comparison.Slice::regression)
        .containsExactly(false, true);
  }

  @Test
  void the_steps_of_a_chain_are_differences_to_the_step_before() {
    Run first = run(1, "+examples");
    Run second = run(2, null);
    Paired one =
        new Paired(
            first, run(0, null), Pairing.of(answers(70, 70), answers(80, 80), LABELS), SCORERS);
    Paired two =
        new Paired(second, first, Pairing.of(answers(80, 80), answers(85, 85), LABELS), SCORERS);

    Comparison comparison = Comparison.of(List.of(), List.of(one, two), LABELS, 1);

    assertThat(comparison.contributions())
        .extracting(
            Comparison.Contribution::component,
            Comparison.Contribution::runId,
            Comparison.Contribution::onTopOf)
        .containsExactly(
            tuple("+examples", first.id(), new UUID(0, 0)),
            tuple("variant/2", second.id(), first.id()));
    assertThat(comparison.contributions().getLast().differences().get("accuracy"))
        .extracting(Measure::value)
        .isEqualTo(0.05);
  }

  @Test
  void a_seed_gives_the_same_comparison() {
    Paired paired = paired(run(1, null), answers(80, 75), answers(70, 70));

    assertThat(compare(paired)).isEqualTo(compare(paired));
  }
}
