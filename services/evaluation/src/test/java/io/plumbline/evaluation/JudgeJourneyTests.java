package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.InferenceEvent.ConnectionVersioned;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that a variant judges free answers, with stored replies and a cost of the run. */
@PlumblineTest
class JudgeJourneyTests extends EvaluationFixture {

  private static final List<Criterion> FAITHFUL_AND_CHEAP =
      List.of(
          new Criterion("faithful", MetricKind.JUDGED_QUALITY, Direction.AT_LEAST, 0.6, 1, 0, 50),
          new Criterion("cost_per_1000_usd", MetricKind.COST, Direction.AT_MOST, 1, 0.5, 0, 50));

  private static List<String> questions(String name) {
    return IntStream.range(0, 100)
        .mapToObj(i ->
            line(
                new Item(
                    name + i,
                    Input.ofText("How long does it take, asks %s%d?".formatted(name, i)),
                    new Expected(null, null, "Says how long it takes.", null),
                    null)))
        .toList();
  }

  private Digest questionSplit(String name) {
    return split(
        name, true, Map.of("validation", questions(name + "explored"), "test", questions(name)));
  }

  private static Map<String, Object> judged(
      String name, Digest split, String subset, Digest judge) {
    return Map.of(
        "name",
        name,
        "splitDigest",
        split,
        "subset",
        subset,
        "scorers",
        List.of(Map.of("type", "judge", "name", "faithful", "variant", judge)));
  }

  private String exploring(String application, Digest split, Digest judge) {
    return publishedSuite(judged(application + "-explored", split, "validation", judge));
  }

  private Digest explaining(String application) {
    Digest variant = Digest.ofText(application + " explaining variant");
    INFERENCE.explains(variant);
    variant(application, variant);
    return variant;
  }

  /** Publishes the judge. It belongs to one application, since a digest has one variant. */
  private void judge() {
    Digest connection = Digest.ofText("connection of the judge");
    events.publish(
        new ConnectionVersioned(
            connection, "acme", "openai", "https://judge.acme.example:8443", "grace"),
        connection.hex(),
        1);
    variantOfProvider("judging", InferenceFake.JUDGE, connection);
  }

  private static double value(JsonNode run, String metric) {
    return run.at("/metrics/" + metric + "/value").asDouble(-1);
  }

  private static String outcome(Answer verdict) {
    return verdict.json().at("/outcome").asString();
  }

  private JsonNode replay(Answer verdict) {
    return ada()
        .get("/api/verdicts/%s/replay".formatted(verdict.json().at("/verdictId").asString()))
        .json();
  }

  @Test
  void a_better_answer_passes_by_its_judge_and_a_replay_asks_nobody() {
    String application = "explained";
    application(application);
    Digest explaining = explaining(application);
    Digest vague = Digest.ofText("vague variant");
    variantOfProvider(application, vague, Digest.ofText("unknown connection"));
    judge();
    Digest split = questionSplit(application);
    String validation = exploring(application, split, InferenceFake.JUDGE);
    JsonNode run =
        ada().get("/api/runs/" + finishedRun(application, validation, explaining)).json();
    assertCostApart(run);
    assertShown(run.at("/runId").asString());
    finishedRun(application, validation, vague);

    String suite = publishedSuite(judged(application, split, "test", InferenceFake.JUDGE));
    SuitePublished published =
        events.awaitPublished(
            SuitePublished.class, event -> event.suiteDigest().hex().equals(suite));
    assertThat(published.metrics().getFirst())
        .isEqualTo(
            new SuiteMetric("faithful", MetricKind.JUDGED_QUALITY, Direction.AT_LEAST, 1.0, 100));
    Digest criteria = criteria(application, suite, 2, FAITHFUL_AND_CHEAP);
    String better = finishedRun(application, suite, explaining);
    String worse = finishedRun(application, suite, vague);
    Answer pass = verdict(application, "PHASE", better, criteria);
    Answer fail = verdict(application, "PHASE", worse, criteria);

    assertThat(outcome(pass)).isEqualTo("PASS");
    assertThat(outcome(fail)).isEqualTo("FAIL");
    int asked = INFERENCE.callsOf(InferenceFake.JUDGE);
    assertThat(replay(pass).at("/equal").asBoolean()).isTrue();
    assertThat(INFERENCE.callsOf(InferenceFake.JUDGE)).isEqualTo(asked);
    assertServersAreNamed(pass, fail);
    assertChangedRepliesAreFound(better, pass);
  }

  private void assertServersAreNamed(Answer ofLocalModel, Answer ofProvider) {
    JsonNode local = shown(ofLocalModel).at("/modelServers");
    JsonNode provider = shown(ofProvider).at("/modelServers");

    assertThat(local.size()).isOne();
    assertThat(local.at("/0/host").asString()).isEqualTo("judge.acme.example");
    assertThat(local.at("/0/connectedBy").asString()).isEqualTo("grace");
    assertThat(provider.size()).isEqualTo(2);
    assertThat(provider.at("/0/connectionDigest").asString())
        .isEqualTo(Digest.ofText("unknown connection").hex());
    assertThat(provider.at("/0/host").isNull()).isTrue();
    assertThat(provider.at("/1")).isEqualTo(local.at("/0"));
  }

  private JsonNode shown(Answer verdict) {
    return ada().get("/api/verdicts/" + verdict.json().at("/verdictId").asString()).json();
  }

  /** Asserts that costs are kept apart; the judge costs 50 times as much as the variant. */
  private void assertCostApart(JsonNode run) {
    assertThat(value(run, "faithful")).isCloseTo(0.9, within(1e-9));
    assertThat(value(run, "cost_per_1000_usd")).isCloseTo(0.01, within(1e-9));
    assertThat(run.at("/judging").toString())
        .isEqualTo(
            "{\"replies\":100,\"promptTokens\":4000,\"completionTokens\":900,"
                + "\"cost\":{\"amount\":\"0.050000\",\"currency\":\"USD\"}}");
    assertThat(run.at("/cost/amount").asString()).isEqualTo("0.051000");
    assertThat(run.at("/unmeasured").isEmpty()).isTrue();
  }

  private void assertShown(String run) {
    JsonNode listed = ada().get("/api/runs/" + run + "/items").json().at("/items/0");
    assertThat(listed.at("/scores").toString())
        .isEqualTo(
            "{\"faithful\":{\"score\":0.9,\"reason\":\"The reason is shown with the"
                + " output.\"}}");
    String item = "/api/runs/" + run + "/items/0";
    JsonNode whole = ada().get(item).json();
    assertThat(whole.at("/item/scores/faithful/reason").asString()).isEqualTo("It takes 14 days.");
    assertThat(whole.at("/replies/faithful/usage/prompt_tokens").asInt()).isEqualTo(40);
    assertThat(whole.at("/expected/rubric").asString()).isEqualTo("Says how long it takes.");
    assertThat(client.as("vera", Role.VIEWER).get(item).status()).isEqualTo(403);
  }

  /**
   * Changes replies as the owner of the database can, and asserts that a replay finds it. Equal
   * replies are stored once, so that other runs lose theirs too.
   */
  private void assertChangedRepliesAreFound(String run, Answer verdict) {
    tamper(
        """
        UPDATE run_output o SET body = replace(o.body, '0.9', '1.0') FROM run_item i
        WHERE i.run_id = '%s' AND o.output_digest = i.judged #>> '{faithful,replyDigest}'
        """
            .formatted(run));
    JsonNode changed = replay(verdict);
    tamper(
        "UPDATE run_output SET body = replace(body, '1.0', '0.9') WHERE body LIKE '%score%1.0%'");

    assertThat(changed.at("/equal").asBoolean()).isFalse();
    assertThat(changed.at("/sameOutputs").asBoolean()).isFalse();
    assertThat(changed.at("/reasons/0").asString())
        .contains("faithful was not measured", "its reply is not the one that was kept (100)");
    assertThat(replay(verdict).at("/equal").asBoolean()).isTrue();
    tamper(
        """
        UPDATE run_item SET judged = jsonb_set(judged, '{faithful,costUsd}', '0')
        WHERE run_id = '%s' AND ordinal = 0
        """
            .formatted(run));
    assertThat(replay(verdict).at("/sameOutputs").asBoolean()).isFalse();
  }

  private static void tamper(String sql) {
    EmbeddedServers.executeAsSuperuser("evaluation", "SET session_replication_role = replica", sql);
  }

  @Test
  void a_judge_that_gives_no_score_makes_the_verdict_inconclusive_by_name() {
    String application = "fickle";
    application(application);
    Digest explaining = explaining(application);
    variant(application, InferenceFake.FICKLE_JUDGE);
    Digest split = questionSplit(application);
    finishedRun(application, exploring(application, split, InferenceFake.FICKLE_JUDGE), explaining);
    String suite = publishedSuite(judged(application, split, "test", InferenceFake.FICKLE_JUDGE));
    Digest criteria = criteria(application, suite, 2, FAITHFUL_AND_CHEAP);

    String id = finishedRun(application, suite, explaining);

    JsonNode run = ada().get("/api/runs/" + id).json();
    String why = "scorer faithful gave no score for 1 of 100 items: its reply is not JSON (1)";
    assertThat(run.at("/unmeasured/faithful").asString()).isEqualTo(why);
    assertThat(run.at("/metrics").has("faithful")).isFalse();
    assertThat(run.at("/failedItems").asInt()).isZero();
    assertThat(run.at("/judging/replies").asInt()).isEqualTo(102);
    Answer verdict = verdict(application, "PHASE", id, criteria);
    assertThat(outcome(verdict)).isEqualTo("INCONCLUSIVE");
    assertThat(verdict.json().at("/reasons/0").asString())
        .isEqualTo("faithful was not measured: " + why);
    assertThat(replay(verdict).at("/equal").asBoolean()).isTrue();
  }

  @Test
  void replies_of_an_attempt_that_was_cancelled_are_kept_and_paid_once() {
    String application = "hesitating";
    application(application);
    variant(application, InferenceFake.HESITATING);
    judge();
    Digest split = questionSplit(application);
    String suite = publishedSuite(judged(application, split, "test", InferenceFake.JUDGE));
    criteria(
        application,
        suite,
        1,
        List.of(
            FAITHFUL_AND_CHEAP.getFirst(),
            new Criterion("consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 0.5, 1, 0, 1)));
    String failed = startRun(application, suite, InferenceFake.HESITATING);
    await()
        .until(
            () -> ada().get("/api/runs/" + failed).json(),
            // The first half is answered before the variant hesitates. Only then is a batch, of 32
            // answers, written.
            seen ->
                seen.at("/progress").asDouble() > 0
                    && seen.at("/activity").asString("").startsWith("No answer at present"));
    ada().post("/api/runs/" + failed + "/cancel", Map.of());
    JsonNode cancelled = awaitState(failed, "CANCELLED").json();
    INFERENCE.accept();

    String again = finishedRun(application, suite, InferenceFake.HESITATING);

    JsonNode run = ada().get("/api/runs/" + again).json();
    int reused = run.at("/reusedItems").asInt();
    assertThat(reused).as("cancelled: %s, again: %s", cancelled, run).isGreaterThanOrEqualTo(32);
    assertThat(run.at("/judging/replies").asInt())
        .as("cancelled: %s, again: %s", cancelled, run)
        .isEqualTo(100 - reused);
    assertThat(value(run, "faithful")).isCloseTo(0.9, within(0.02));
  }

  @Test
  void a_judge_is_known_and_judges_others() {
    String application = "partial";
    application(application);
    Digest judge = Digest.ofText("own judge");
    variant(application, judge);
    Digest split = questionSplit(application);
    String suite = publishedSuite(judged(application, split, "validation", judge));

    Answer unknown =
        ada()
            .post("/api/suites", judged(application, split, "validation", Digest.ofText("nobody")));
    assertThat(problem(unknown)).isEqualTo("not-yet-known");
    assertThat(unknown.json().at("/errors/0/pointer").asString()).isEqualTo("/scorers/0/variant");
    Answer itself = ada().post("/api/runs", run(application, suite, judge));
    assertThat(problem(itself)).isEqualTo("judges-itself");
    assertThat(itself.body()).contains("is the judge of scorer faithful of this suite");
    assertThat(
            problem(
                ada()
                    .post(
                        "/api/suites",
                        Map.of(
                            "name",
                            "partial",
                            "splitDigest",
                            split,
                            "scorers",
                            List.of(Map.of("type", "judge"))))))
        .isEqualTo("invalid");
  }
}
