package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that a run which could not show what its criteria require is rejected at its start. */
@PlumblineTest
class PowerJourneyTests extends EvaluationFixture {

  /** Publishes a suite over the validation rows of a split. */
  private String exploration(Digest split) {
    return publishedSuite(suite("v" + split.hex().substring(0, 12), split, "validation"));
  }

  private static Criterion latency(double alternative) {
    return new Criterion(
        "latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 60_000, alternative, 0, 50);
  }

  @Test
  void a_spread_that_follows_from_no_value_is_measured_on_validation_before_a_run_is_judged() {
    String application = "spread";
    application(application);
    Digest split = split("spread");
    String suite = publishedSuite("spread", split);
    criteria(application, suite, 2, List.of(CRITERIA.getFirst(), latency(30_000)));
    Digest variant = Digest.ofText("spread variant");
    Digest other = Digest.ofText("another spread variant");
    List.of(variant, other).forEach(each -> variant(application, each));

    Answer refused =
        awaitProblem(
            "spread-unmeasured", () -> ada().post("/api/runs", run(application, suite, variant)));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().at("/missing").toString())
        .isEqualTo(
            "[\"a run of this subject over at least 72 validation rows that measures"
                + " latency_p95_ms\"]");
    assertThat(refused.json().at("/detail").asString()).contains("subset validation of split");
    assertThat(attempts(suite, 2)).containsExactly(0, 2);

    String exploration = exploration(split);
    finishedRun(application, exploration(split("spread-elsewhere")), variant);
    finishedRun(application, exploration, other);
    assertThat(problem(ada().post("/api/runs", run(application, suite, variant))))
        .isEqualTo("spread-unmeasured");
    finishedRun(application, exploration, variant);
    finishedRun(application, suite, variant);
  }

  @Test
  void a_cost_without_a_price_on_validation_is_not_judged() {
    String application = "unpriced";
    application(application);
    Digest split = split("unpriced");
    String suite = publishedSuite("unpriced", split);
    Criterion cost =
        new Criterion("cost_per_1000_usd", MetricKind.COST, Direction.AT_MOST, 5, 1, 0, 50);
    criteria(application, suite, 2, List.of(CRITERIA.getFirst(), cost));
    variant(application, InferenceFake.UNPRICED);
    finishedRun(application, exploration(split), InferenceFake.UNPRICED);

    awaitProblem(
        "spread-unmeasured",
        () -> ada().post("/api/runs", run(application, suite, InferenceFake.UNPRICED)));
  }

  @Test
  void a_run_that_can_show_too_little_is_refused_before_it_spends_an_attempt() {
    String application = "weak";
    application(application);
    String suite = publishedSuite("weak", split("weak"));
    Criterion fine =
        new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.85, 0.93, 0, 50);
    criteria(application, suite, 2, List.of(fine, CRITERIA.getLast()));
    Digest variant = Digest.ofText("variant under weak criteria");
    variant(application, variant);

    Answer refused =
        awaitProblem(
            "underpowered", () -> ada().post("/api/runs", run(application, suite, variant)));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().at("/missing/0").asString())
        .isEqualTo(
            "accuracy: 190 items, of which the suite has 100, to see 0.93 against a threshold of"
                + " 0.85 with a probability of 0.8 in one of 2 planned verdicts");
    assertThat(refused.json().at("/detail").asString()).startsWith("Publish a suite of more items");
    assertThat(attempts(suite, 2)).containsExactly(0, 2);
    assertThat(INFERENCE.callsOf(variant)).isZero();
  }
}
