package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.EvaluationEvent.SuiteScorer;
import io.plumbline.contracts.EvaluationEvent.TrivialScores;
import io.plumbline.contracts.TrivialVariant;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.Problem.FieldError;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.projection.Suite;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests the gate with customer questions, four in thirteen of which have no answer. */
class TrivialCriteriaCheckTests {

  private static final List<TrivialScores> HELP_DESK =
      List.of(
          new TrivialScores(
              TrivialVariant.ALWAYS_ABSTAINS,
              null,
              Map.of(
                  "token_f1",
                  4.0 / 13,
                  "token_f1_answerable",
                  0.0,
                  "out_of_scope_recall",
                  1.0,
                  "in_scope_coverage",
                  0.0),
              Map.of()),
          new TrivialScores(
              TrivialVariant.NEVER_ABSTAINS,
              null,
              Map.of("out_of_scope_recall", 0.0, "in_scope_coverage", 1.0),
              Map.of("token_f1", "it depends on what is answered")));

  private static final List<SuiteScorer> SCORERS =
      Stream.of("regex", "json_schema", "contains", "selective", "judge", "recall_at_k")
          .map(type -> new SuiteScorer("my_" + type, type, Digest.ofText(type)))
          .toList();

  private static final Criterion LATENCY =
      new Criterion("latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 2_000, 1_000, 0, 100);

  private static Criterion quality(String metric, double threshold) {
    return new Criterion(
        metric, MetricKind.TASK_QUALITY, Direction.AT_LEAST, threshold, threshold + 0.05, 0, 100);
  }

  private static TrivialCriteriaCheck gate(List<TrivialScores> variants, Criterion... criteria) {
    Digest digest = Digest.ofText("suite");
    List<SuiteMetric> metrics =
        List.of(criteria).stream()
            .map(each ->
                new SuiteMetric(
                    each.metric(),
                    each.kind(),
                    each.direction(),
                    each.kind().measuresQuality() ? 1.0 : null,
                    null))
            .toList();
    return new TrivialCriteriaCheck(
        new CriteriaSet("help-desk", digest, 3, 2, List.of(criteria), CriteriaPurpose.RELEASE),
        new Suite(digest, "suite", 1, digest, "test", null, SCORERS, metrics, List.of(), 520, 0),
        variants);
  }

  private static Problem refused(List<TrivialScores> variants, Criterion... criteria) {
    TrivialCriteriaCheck gate = gate(variants, criteria);
    Problem problem = catchThrowableOfType(Problem.class, gate::requireNotTriviallyMet);
    assertThat(problem.type()).isEqualTo(StrategyProblem.TRIVIAL_CRITERIA);
    assertThat(problem.type().isRecorded()).isTrue();
    return problem;
  }

  @Test
  void a_threshold_that_silence_meets_is_refused_with_the_bound_that_it_has_to_exceed() {
    assertThat(
            refused(
                    HELP_DESK,
                    quality("out_of_scope_recall", 0.5),
                    quality("token_f1", 0.2),
                    quality("token_f1_answerable", 0.1),
                    LATENCY)
                .errors())
        .containsExactly(
            new FieldError(
                "/criteria/1/threshold",
                "must be above 0.3077: a variant that always abstains has 0.308 of token_f1"));
    assertThatCode(gate(HELP_DESK, quality("token_f1", 0.31), LATENCY)::requireNotTriviallyMet)
        .doesNotThrowAnyException();
  }

  @Test
  void answers_to_answerable_questions_count_beside_the_recall_of_the_others() {
    assertThatCode(
            gate(
                    HELP_DESK,
                    quality("token_f1_answerable", 0.1),
                    quality("out_of_scope_recall", 0.5),
                    LATENCY)
                ::requireNotTriviallyMet)
        .doesNotThrowAnyException();
  }

  /** Neither extreme meets both criteria, but a variant that abstains at random does. */
  @Test
  void criteria_of_abstention_alone_are_refused_since_each_is_met_by_one_extreme() {
    Problem problem =
        refused(
            HELP_DESK,
            quality("out_of_scope_recall", 0.4),
            quality("in_scope_coverage", 0.4),
            LATENCY);

    assertThat(problem.getMessage())
        .isEqualTo(
            "Add a criterion of quality that variants without any skill miss. Such variants"
                + " meet those given: out_of_scope_recall by a variant that always abstains"
                + " (1.000), in_scope_coverage by a variant that never abstains (1.000).");
    assertThat(problem.missing())
        .containsExactly("a criterion of quality that no variant without any skill meets");
  }

  @Test
  void a_pattern_that_any_answer_matches_is_no_skill_beside_the_recall_of_the_others() {
    for (String metric : List.of("my_regex", "my_json_schema", "my_contains", "my_selective")) {
      assertThat(
              refused(HELP_DESK, quality("out_of_scope_recall", 0.5), quality(metric, 0.5), LATENCY)
                  .getMessage())
          .isEqualTo(
              "Add a criterion of quality that variants without any skill miss. Such variants meet"
                  + " those given: out_of_scope_recall by a variant that always abstains (1.000), "
                  + metric
                  + " by any answer that its scorer is written for.");
      assertThatCode(
              gate(HELP_DESK, quality("token_f1_answerable", 0.1), quality(metric, 0.5), LATENCY)
                  ::requireNotTriviallyMet)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void criteria_of_judges_and_of_retrieval_count_although_no_score_of_them_is_computed() {
    for (String metric : List.of("my_judge", "my_recall_at_k")) {
      assertThatCode(
              gate(HELP_DESK, quality("out_of_scope_recall", 0.5), quality(metric, 0.5), LATENCY)
                  ::requireNotTriviallyMet)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void a_threshold_of_accuracy_lies_above_the_share_of_the_commonest_label() {
    List<TrivialScores> mails =
        List.of(
            new TrivialScores(
                TrivialVariant.COMMONEST_LABEL,
                "personal",
                Map.of("accuracy", 0.5, "consistency", 1.0),
                Map.of()));
    Criterion consistency =
        new Criterion("consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 0.7, 0.9, 0, 100);

    assertThat(refused(mails, quality("accuracy", 0.5), consistency).errors())
        .containsExactly(
            new FieldError(
                "/criteria/0/threshold",
                "must be above 0.5: a variant that always answers 'personal' has 0.500 of"
                    + " accuracy"));
    assertThatCode(gate(mails, quality("accuracy", 0.51), consistency)::requireNotTriviallyMet)
        .doesNotThrowAnyException();
  }

  @Test
  void a_loss_that_a_variant_without_skill_keeps_low_is_refused_with_the_bound_below_it() {
    List<TrivialScores> sure =
        List.of(
            new TrivialScores(
                TrivialVariant.COMMONEST_LABEL, "spam", Map.of("brier", 0.25), Map.of()));
    Criterion brier =
        new Criterion("brier", MetricKind.TASK_QUALITY, Direction.AT_MOST, 0.3, 0.1, 0, 100);

    assertThat(refused(sure, brier, LATENCY).errors())
        .containsExactly(
            new FieldError(
                "/criteria/0/threshold",
                "must be below 0.25: a variant that always answers 'spam' has 0.250 of brier"));
  }

  @Test
  void what_is_met_is_named_by_criterion_and_variant() {
    assertThat(
            TriviallyMet.of(
                List.of(
                    quality("out_of_scope_recall", 0.5),
                    quality("token_f1", 0.2),
                    quality("token_f1_answerable", 0.1),
                    LATENCY),
                HELP_DESK))
        .containsExactly(
            new TriviallyMet("out_of_scope_recall", TrivialVariant.ALWAYS_ABSTAINS, null, 1),
            new TriviallyMet("token_f1", TrivialVariant.ALWAYS_ABSTAINS, null, 4.0 / 13));
  }
}
