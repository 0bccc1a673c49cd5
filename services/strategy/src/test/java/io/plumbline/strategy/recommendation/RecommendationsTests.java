package io.plumbline.strategy.recommendation;

import static io.plumbline.strategy.StrategyFixture.ACCURACY;
import static io.plumbline.strategy.StrategyFixture.LATENCY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.RecommendationIssued;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.StrategyFixture;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.plan.CriteriaService;
import io.plumbline.strategy.projection.ProjectionFeed;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests what is recommended from projected runs and verdicts. */
@PlumblineTest
class RecommendationsTests {

  @Autowired ApplicationCatalog catalog;
  @Autowired CriteriaService criteria;
  @Autowired Recommendations recommendations;
  @Autowired ProjectionFeed feed;
  @Autowired TestEventClient events;

  private final StrategyFixture fixture = new StrategyFixture();
  private final String application = fixture.unique("recommended");

  @BeforeEach
  void register() throws Exception {
    fixture.as(() -> catalog.register(StrategyFixture.registration(application)));
    fixture.run(() -> feed.add(StrategyFixture.SUITE, fixture.metadata()));
  }

  @Test
  void without_criteria_or_a_run_the_missing_evidence_is_named() throws Exception {
    assertThatThrownBy(this::issue)
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.missing())
                    .containsExactly(
                        "registered success criteria",
                        "a finished run of a variant over the suite that the criteria name"));
    registerCriteria();

    assertThatThrownBy(this::issue)
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.missing())
                    .containsExactly(
                        "a finished run of a variant over the suite that the criteria name"));
  }

  @Test
  void the_simplest_variant_that_meets_the_criteria_is_recommended_and_published()
      throws Exception {
    Digest digest = registerCriteria();
    measured("prompt", 0.70, 0.1, null);
    measured("retrieval", 0.91, 0.4, Digest.ofText("index"));
    judged("retrieval", Outcome.PASS, digest);

    Recommendation issued = issue();

    assertThat(issued.variant()).isEqualTo("retrieval");
    assertThat(issued.approach()).isEqualTo(Approach.RAG);
    assertThat(issued.meetsCriteria()).isTrue();
    assertThat(
            events.awaitPublished(
                RecommendationIssued.class,
                each -> each.recommendationId().equals(issued.recommendationId())))
        .isEqualTo(
            new RecommendationIssued(
                issued.recommendationId(),
                application,
                Digest.ofText("retrieval"),
                "RAG",
                issued.rationale(),
                issued.breakEvenMonthlyVolume()));
  }

  /** A price of 0.4 USD per 1,000 requests is 0.0004 each; the more expensive variant counts. */
  @Test
  void the_most_expensive_measured_variant_prices_its_approach() throws Exception {
    registerCriteria();
    measured("cheap", 0.90, 0.2, null);
    measured("expensive", 0.80, 0.4, null);

    assertThat(issue().costs().getFirst().perRequest().amount()).isEqualByComparingTo("0.0004");
  }

  @Test
  void a_verdict_under_former_criteria_does_not_count() throws Exception {
    registerCriteria();
    measured("prompt", 0.95, 0.1, null);
    judged("prompt", Outcome.PASS, Digest.ofText("former criteria"));

    assertThat(issue().meetsCriteria()).isFalse();
  }

  @Test
  void the_newest_verdict_supersedes_a_pass() throws Exception {
    Digest digest = registerCriteria();
    measured("prompt", 0.95, 0.1, null);
    judged("prompt", Outcome.PASS, digest);
    assertThat(issue().meetsCriteria()).isTrue();

    judged("prompt", Outcome.FAIL, digest);

    assertThat(issue().meetsCriteria()).isFalse();
  }

  @Test
  void a_run_over_another_suite_than_the_criteria_name_makes_no_candidate() throws Exception {
    registerCriteria();
    fixture.run(() -> {
      feed.add(StrategyFixture.variant(application, "explored", null, null), fixture.metadata());
      feed.add(
          StrategyFixture.finishedRun(
              application,
              StrategyFixture.VALIDATION,
              "explored",
              Map.of("accuracy", new Measure(0.99, 0.98, 1.0))),
          fixture.metadata());
    });

    assertThatThrownBy(this::issue).isInstanceOf(Problem.class);
  }

  @Test
  void the_latest_recommendation_is_kept_as_it_was_issued() throws Exception {
    registerCriteria();
    measured("prompt", 0.95, 0.1, null);
    issue();
    Recommendation second = issue();

    assertThat(fixture.as(() -> recommendations.latest(application))).contains(second);
  }

  private Recommendation issue() throws Exception {
    return fixture.as(() -> recommendations.issue(application));
  }

  private Digest registerCriteria() throws Exception {
    return fixture.as(() ->
        criteria
            .register(application, StrategyFixture.proposed(ACCURACY, LATENCY))
            .view()
            .criteriaDigest());
  }

  private void judged(String variant, Outcome outcome, Digest criteriaDigest) {
    fixture.run(() ->
        feed.add(
            StrategyFixture.verdict(
                application, Phase.PROMPT, Digest.ofText(variant), outcome, criteriaDigest),
            fixture.metadata()));
  }

  private void measured(
      String name, double accuracy, double costPerThousand, @Nullable Digest index) {
    fixture.run(() -> {
      feed.add(StrategyFixture.variant(application, name, null, index), fixture.metadata());
      feed.add(
          StrategyFixture.finishedRun(
              application,
              name,
              Map.of(
                  "accuracy",
                  new Measure(accuracy, accuracy - 0.02, accuracy + 0.02),
                  "latency_p95_ms",
                  new Measure(90, null, null),
                  "cost_per_1000_usd",
                  new Measure(costPerThousand, null, null))),
          fixture.metadata());
    });
  }
}
