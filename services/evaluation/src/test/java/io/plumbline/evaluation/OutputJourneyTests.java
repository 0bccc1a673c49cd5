package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.RunFinished;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that the whole outputs of a run are stored, and that a verdict is recomputed from them. */
@PlumblineTest
class OutputJourneyTests extends EvaluationFixture {

  private record Judged(String run, String verdict) {}

  private Judged judged(String name) {
    application(name);
    String suite = publishedSuite(name, split(name));
    Digest criteria = criteria(name, suite);
    Digest variant = Digest.ofText(name + " variant");
    variant(name, variant);
    String run = finishedRun(name, suite, variant);
    String verdict = verdict(name, "RELEASE", run, criteria).json().at("/verdictId").asString();
    return new Judged(run, verdict);
  }

  private JsonNode replay(Judged judged) {
    return ada().get("/api/verdicts/" + judged.verdict() + "/replay").json();
  }

  /** Changes rows as the owner of the database, since the service itself cannot change answers. */
  private static void tamper(String sql) {
    EmbeddedServers.executeAsSuperuser("evaluation", "SET session_replication_role = replica", sql);
  }

  @Test
  void the_digest_of_all_outputs_is_published_and_a_replay_holds_them_against_it() {
    Judged judged = judged("kept");

    RunFinished finished =
        events.awaitPublished(
            RunFinished.class, event -> event.runId().toString().equals(judged.run()));
    assertThat(ada().get("/api/runs/" + judged.run()).json().at("/outputsDigest").asString())
        .isEqualTo(finished.outputsDigest().hex());
    JsonNode replay = replay(judged);
    assertThat(replay.at("/sameOutputs").asBoolean()).isTrue();
    assertThat(replay.at("/equal").asBoolean()).isTrue();
  }

  @Test
  void an_output_that_was_changed_afterwards_fails_the_replay() {
    Judged judged = judged("rewritten");

    replaceInOutputs(judged.run(), "spam", "spom");
    JsonNode replay = replay(judged);
    // The change is reverted, since equal answers are stored once and other runs use them too.
    replaceInOutputs(judged.run(), "spom", "spam");

    assertThat(replay.at("/equal").asBoolean()).isFalse();
    assertThat(replay(judged).at("/equal").asBoolean()).isTrue();
  }

  private static void replaceInOutputs(String run, String text, String by) {
    tamper(
        "UPDATE run_output o SET body = replace(o.body, '%s', '%s') FROM run_item i WHERE"
                .formatted(text, by)
            + " i.output_digest = o.output_digest AND i.run_id = '%s'".formatted(run));
  }

  @Test
  void a_latency_or_a_cost_that_was_changed_afterwards_fails_the_replay() {
    Judged judged = judged("quicker");

    tamper(
        "UPDATE run_item SET latency_ms = 1 WHERE ordinal = 0 AND run_id = '%s'"
            .formatted(judged.run()));

    JsonNode replay = replay(judged);
    assertThat(replay.at("/sameOutputs").asBoolean()).isFalse();
    assertThat(replay.at("/equal").asBoolean()).isFalse();
  }

  @Test
  void an_item_is_shown_with_its_whole_output_to_those_who_may_see_rows() {
    String application = "shown";
    application(application);
    String suite = publishedSuite(suite("shown", split("shown"), "validation"));
    Digest variant = Digest.ofText("shown variant");
    variant(application, variant);
    String item = "/api/runs/" + finishedRun(application, suite, variant) + "/items/1";

    Answer answer = ada().get(item);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/output/message/content").asString())
        .isEqualTo("{\"label\":\"%s\"}".formatted(answer.json().at("/item/prediction").asString()));
    assertThat(client.as("vera", Role.VIEWER).get(item).status()).isEqualTo(403);
    assertThat(ada().get(item + "9999").status()).isEqualTo(404);
  }

  @Test
  void what_is_sealed_is_not_shown_item_by_item_either() {
    Judged judged = judged("closed");

    Answer refused = ada().get("/api/runs/" + judged.run() + "/items/0");

    assertThat(Map.of("status", refused.status(), "type", problem(refused)))
        .isEqualTo(Map.of("status", 409, "type", "sealed"));
  }
}
