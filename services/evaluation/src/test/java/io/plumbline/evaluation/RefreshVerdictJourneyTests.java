package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that a refresh is judged by its own criteria and items, against the variant before it. */
@PlumblineTest
class RefreshVerdictJourneyTests extends EvaluationFixture {

  private static final List<Criterion> LENIENT =
      List.of(
          new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.1, 0.5, 0.5, 50),
          new Criterion("consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 0.1, 0.6, 0, 10));

  @Test
  void a_refresh_says_with_which_variants_it_was_compared() {
    String application = "refreshed";
    application(application);
    String suite = publishedSuite("refreshed", split("refreshed"));
    Digest criteria = refreshCriteria(application, suite);
    Digest serving = variant(application, "serving");
    Digest tried = variant(application, "tried");
    Digest next = variant(application, "next");
    baseline(application, finishedRun(application, suite, serving));
    baseline(application, finishedRun(application, suite, tried));

    Answer verdict =
        verdict(application, "REFRESH", finishedRun(application, suite, next), criteria);

    assertThat(verdict.json().at("/outcome").asString()).isEqualTo("PASS");
    assertThat(issued(verdict))
        .extracting(VerdictIssued::kind, VerdictIssued::criteriaVersion)
        .containsExactly(VerdictKind.REFRESH, 1);
    assertThat(issued(verdict).comparedWith()).containsExactlyInAnyOrder(serving, tried);
    assertThat(
            ada()
                .get("/api/verdicts/" + verdict.json().at("/verdictId").asString())
                .json()
                .at("/comparedWith"))
        .hasSize(2);
  }

  @Test
  void a_refresh_without_a_baseline_is_compared_with_nothing_and_does_not_pass() {
    String application = "alone";
    application(application);
    String suite = publishedSuite("alone", split("alone"));
    Digest criteria = refreshCriteria(application, suite);

    Answer verdict =
        verdict(
            application,
            "REFRESH",
            finishedRun(application, suite, variant(application, "alone")),
            criteria);

    assertThat(verdict.json().at("/outcome").asString()).isEqualTo("INCONCLUSIVE");
    assertThat(issued(verdict).comparedWith()).isEmpty();
  }

  @Test
  void criteria_of_refreshes_judge_refreshes_alone_and_those_of_releases_all_else() {
    String application = "purposes";
    application(application);
    String releases = publishedSuite("purposes", split("purposes"));
    String refreshes = publishedSuite("purposes-again", split("purposes-again"));
    Digest ofReleases = criteria(application, releases, 2, LENIENT);
    Digest ofRefreshes = refreshCriteria(application, refreshes);
    Digest variant = variant(application, "purposes");
    // The older criteria of the other purpose are still in force for their suite.
    String released = finishedRun(application, releases, variant);
    String refreshed = finishedRun(application, refreshes, variant);

    assertThat(problem(verdict(application, "REFRESH", released, ofReleases)))
        .isEqualTo("other-purpose");
    assertThat(problem(verdict(application, "RELEASE", refreshed, ofRefreshes)))
        .isEqualTo("other-purpose");
    assertThat(problem(verdict(application, "PHASE", refreshed, ofRefreshes)))
        .isEqualTo("other-purpose");
    Answer verdict = verdict(application, "RELEASE", released, ofReleases);
    assertThat(verdict.status()).isEqualTo(201);
    assertThat(issued(verdict).comparedWith()).isNull();
    // Attempts on one suite's items spend nothing of the other's.
    assertThat(attempts(refreshes, 5)).containsExactly(1, 4);
  }

  @Test
  void newer_criteria_supersede_verdicts_of_their_own_purpose_alone() {
    String application = "superseded";
    application(application);
    String releases = publishedSuite("superseded", split("superseded"));
    String refreshes = publishedSuite("superseded-again", split("superseded-again"));
    Digest ofReleases = criteria(application, releases, 2, LENIENT);
    Digest ofRefreshes = refreshCriteria(application, refreshes);
    Digest variant = variant(application, "superseded");
    Answer release =
        verdict(application, "RELEASE", finishedRun(application, releases, variant), ofReleases);
    Answer refresh =
        verdict(application, "REFRESH", finishedRun(application, refreshes, variant), ofRefreshes);
    assertThat(List.of(supersession(release), supersession(refresh)))
        .containsExactly("null", "null");

    refreshCriteria(application, refreshes);

    await().untilAsserted(() -> assertThat(supersession(refresh)).isEqualTo("NEW_CRITERIA"));
    assertThat(supersession(release)).isEqualTo("null");
  }

  private Digest refreshCriteria(String application, String suite) {
    return criteria(application, suite, 5, LENIENT, CriteriaPurpose.REFRESH);
  }

  private Digest variant(String application, String name) {
    Digest variant = Digest.ofText(application + " variant " + name);
    variant(application, variant);
    return variant;
  }

  private VerdictIssued issued(Answer verdict) {
    String id = verdict.json().at("/verdictId").asString();
    return events.awaitPublished(
        VerdictIssued.class, event -> event.verdictId().toString().equals(id));
  }

  private String supersession(Answer verdict) {
    return ada()
        .get("/api/verdicts/" + verdict.json().at("/verdictId").asString())
        .json()
        .at("/supersededBy")
        .asString("null");
  }
}
