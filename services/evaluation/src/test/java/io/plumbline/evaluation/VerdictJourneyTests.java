package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.InferenceEvent.ConnectionVersioned;
import io.plumbline.contracts.InferenceEvent.IndexBuilt;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Tests that a run is judged once, with the baseline that existed before it, and that the newest
 * verdict holds.
 */
@PlumblineTest
class VerdictJourneyTests extends EvaluationFixture {

  /** Criteria that every variant of these tests meets, with a margin of half of the accuracy. */
  private static final List<Criterion> LENIENT =
      List.of(
          new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.1, 0.5, 0.5, 50),
          new Criterion("consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 0.1, 0.6, 0, 10));

  @Test
  void what_is_missing_does_not_pass() {
    String application = "missing";
    application(application);
    String suite = publishedSuite("missing", split("missing"));
    Digest criteria =
        criteria(
            application,
            suite,
            2,
            List.of(
                new Criterion(
                    "accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.1, 0.5, 0.1, 50),
                new Criterion(
                    "consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 0.1, 0.6, 0, 10),
                new Criterion(
                    "exact_match", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.1, 0.5, 0, 50)));
    Digest variant = Digest.ofText("missing variant");
    variant(application, variant);
    Answer verdict =
        verdict(application, "RELEASE", finishedRun(application, suite, variant), criteria);
    assertThat(verdict.json().at("/outcome").asString()).isEqualTo("INCONCLUSIVE");
    assertThat(verdict.json().at("/reasons").toString())
        .contains("accuracy has a margin of 0.1000, but no baseline")
        .contains("exact_match was not measured");
  }

  @Test
  void a_baseline_is_chosen_before_the_run_that_is_compared_with_it() {
    String application = "chosen";
    application(application);
    String suite = publishedSuite("chosen", split("chosen"));
    Digest criteria = criteria(application, suite, 5, LENIENT);
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Digest variant = Digest.ofText("chosen variant " + i);
      variant(application, variant);
      runs.add(finishedRun(application, suite, variant));
      if (i == 1) {
        baseline(application, runs.getFirst());
      }
    }
    baseline(application, runs.get(1));

    Answer early = verdict(application, "RELEASE", runs.get(1), criteria);
    assertThat(early.json().at("/outcome").asString()).isEqualTo("INCONCLUSIVE");
    assertThat(early.json().at("/reasons/0").asString())
        .contains("no baseline")
        .contains("had been recorded when it started");
    // The newest baseline did not exist when the run started.
    Answer later = verdict(application, "RELEASE", runs.get(2), criteria);
    assertThat(later.json().at("/baselineRunId").asString()).isEqualTo(runs.getFirst());
    assertThat(later.json().at("/outcome").asString()).isEqualTo("PASS");
  }

  @Test
  void a_later_verdict_supersedes_and_is_numbered_behind() {
    String application = "newest";
    application(application);
    String suite = publishedSuite("newest", split("newest"));
    Digest criteria = criteria(application, suite, 2, LENIENT);
    Digest variant = Digest.ofText("newest variant");
    variant(application, variant);
    String run = finishedRun(application, suite, variant);
    Answer first = verdict(application, "PHASE", run, criteria);
    Answer second = verdict(application, "RELEASE", run, criteria);
    assertThat(second.json().at("/sequence").asLong())
        .isEqualTo(first.json().at("/sequence").asLong() + 1);
    // The gate considers the newest verdict of either kind.
    assertThat(supersession(first)).isEqualTo("LATER_VERDICT");
    assertThat(supersession(second)).isEqualTo("null");
    VerdictIssued issued =
        events.awaitPublished(
            VerdictIssued.class,
            event ->
                event.verdictId().toString().equals(second.json().at("/verdictId").asString()));
    assertThat(issued.sequence()).isEqualTo(second.json().at("/sequence").asLong());
    assertThat(issued.criteriaDigest()).isEqualTo(criteria);
    assertThat(issued.criteriaVersion()).isEqualTo(1);
  }

  @Test
  void a_canary_that_failed_supersedes_as_the_release_gate_says() {
    String application = "harmed";
    application(application);
    String suite = publishedSuite("harmed", split("harmed"));
    Digest criteria = criteria(application, suite);
    Digest variant = Digest.ofText("harmed variant");
    variant(application, variant);
    Answer passed =
        verdict(application, "RELEASE", finishedRun(application, suite, variant), criteria);
    UUID release = Ids.next();
    harmfulCanary(release, application, variant, Digest.ofText("served before"));
    VerdictIssued failed =
        events.awaitPublished(VerdictIssued.class, event -> release.equals(event.releaseId()));

    assertThat(supersession(passed)).isEqualTo("LATER_VERDICT");
    assertThat(supersession(failed.verdictId().toString())).isEqualTo("null");
    // The verdict is by old criteria and older than the canary; the gate reports the former.
    criteria(application, suite);
    await().untilAsserted(() -> assertThat(supersession(passed)).isEqualTo("NEW_CRITERIA"));
    assertThat(supersession(failed.verdictId().toString())).isEqualTo("null");
  }

  private String supersession(Answer verdict) {
    return supersession(verdict.json().at("/verdictId").asString());
  }

  private String supersession(String verdict) {
    JsonNode superseded = ada().get("/api/verdicts/" + verdict).json().at("/supersededBy");
    return superseded.isNull() ? "null" : superseded.asString();
  }

  @Test
  void a_run_is_judged_once_for_each_kind() {
    String application = "once";
    application(application);
    String suite = publishedSuite("once", split("once"));
    Digest criteria = criteria(application, suite, 2, LENIENT);
    Digest variant = Digest.ofText("once variant");
    variant(application, variant);
    String run = finishedRun(application, suite, variant);
    assertThat(verdict(application, "PHASE", run, criteria).status()).isEqualTo(201);
    Answer release = verdict(application, "RELEASE", run, criteria);
    assertThat(release.status()).isEqualTo(201);

    Answer again = verdict(application, "RELEASE", run, criteria);
    assertThat(problem(again)).isEqualTo("already-judged");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains(release.json().at("/verdictId").asString());
    assertThat(problem(verdict(application, "PHASE", run, criteria))).isEqualTo("already-judged");
  }

  @Test
  void a_run_that_failed_is_not_judged_again_by_the_other_kind() {
    String application = "retried";
    application(application);
    String suite = publishedSuite("retried", split("retried"));
    Digest criteria = criteria(application, suite);
    Digest variant = Digest.ofText("retried variant");
    variant(application, variant);
    String run = finishedRun(application, suite, variant);
    Answer failed = verdict(application, "RELEASE", run, criteria);
    assertThat(failed.json().at("/outcome").asString()).isEqualTo("FAIL");

    Answer again = verdict(application, "PHASE", run, criteria);
    assertThat(problem(again)).isEqualTo("already-judged");
    assertThat(again.body()).contains(failed.json().at("/verdictId").asString());
  }

  @Test
  void a_worse_baseline_does_not_take_the_place_of_a_better_one() {
    String application = "replaced";
    application(application);
    Digest split = split("replaced");
    String suite = publishedSuite("replaced", split);
    Digest criteria = criteria(application, suite, 3, LENIENT);
    Digest index = Digest.ofText("index of replaced");
    indexed(index, split, "train");
    Digest good = Digest.ofText("good variant");
    Digest candidate = Digest.ofText("replacing variant");
    variant(application, good);
    variant(application, InferenceFake.POOR, "local/choice", null, index);
    variant(application, candidate, "local/choice", null, index);
    String best = finishedRun(application, suite, good);
    Answer recorded = baseline(application, best);
    String poor = finishedRun(application, suite, InferenceFake.POOR);
    assertThat(baseline(application, poor).status()).isEqualTo(201);
    Answer again =
        ada()
            .expectingNoEvent()
            .post("/api/baselines", Map.of("application", application, "runId", best));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(recorded.json());

    // The worse baseline is newer, and the only one in the phase of the candidate.
    String run = finishedRun(application, suite, candidate);
    for (String kind : List.of("PHASE", "RELEASE")) {
      assertThat(verdict(application, kind, run, criteria).json().at("/baselineRunId").asString())
          .as(kind)
          .isEqualTo(best);
    }
  }

  /** The query of each search is sent to the server that embeds it, and a query is an item. */
  @Test
  void a_verdict_names_the_server_that_embeds_the_searches_of_its_variant() {
    String application = "embedded";
    application(application);
    Digest split = split(application);
    Digest connection = Digest.ofText("connection of the embedder");
    events.publish(
        new ConnectionVersioned(
            connection, "acme", "openai", "https://embeddings.acme.example/v1", "grace"),
        connection.hex(),
        1);
    Digest index = Digest.ofText("index of " + application);
    events.publish(
        new IndexBuilt(
            application,
            index,
            null,
            split,
            Map.of("subset", "train", "connection", connection.hex()),
            120),
        index.hex(),
        2);
    Digest variant = Digest.ofText("embedded variant");
    variant(application, variant, "local/choice", null, index);
    String suite = publishedSuite(application, split);
    Digest criteria = criteria(application, suite, 1, LENIENT);

    Answer issued =
        verdict(application, "PHASE", finishedRun(application, suite, variant), criteria);

    JsonNode servers =
        ada()
            .get("/api/verdicts/" + issued.json().at("/verdictId").asString())
            .json()
            .at("/modelServers");
    assertThat(servers.size()).isOne();
    assertThat(servers.at("/0/connectionDigest").asString()).isEqualTo(connection.hex());
    assertThat(servers.at("/0/host").asString()).isEqualTo("embeddings.acme.example");
    assertThat(servers.at("/0/connectedBy").asString()).isEqualTo("grace");
  }
}
