package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.test.PlumblineTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests runs over servers that fail every call, from the start or for a while. */
@PlumblineTest
class OutageJourneyTests extends EvaluationFixture {

  private static final String WORDS = "502 dead/m answered with status 500: CUDA out of memory";

  private JsonNode awaitActivity(String run, String text) {
    return await()
        .until(
            () -> ada().get("/api/runs/" + run).json(),
            shown -> shown.at("/activity").asString("").contains(text));
  }

  @Test
  void a_server_that_fails_every_call_ends_its_run_early_and_holds_no_other_up() {
    application("dead");
    Digest dead = Digest.ofText("dead variant");
    Digest alive = Digest.ofText("variant beside the dead one");
    variant("dead", dead);
    variant("dead", alive);
    INFERENCE.fails(dead);
    String suite = publishedSuite(suite("dead", split("dead"), "validation"));

    String failing = startRun("dead", suite, dead);
    JsonNode running = awaitActivity(failing, "CUDA");
    String other = startRun("dead", suite, alive);
    JsonNode finished = awaitState(other, "FINISHED").json();
    JsonNode failed = awaitState(failing, "FAILED").json();

    assertThat(running.at("/state").asString()).isEqualTo("RUNNING");
    assertThat(running.at("/activity").asString())
        .isEqualTo("No answer at present; the last error: " + WORDS);
    assertThat(finished.at("/failedItems").asInt()).isZero();
    assertThat(Instant.parse(finished.at("/finishedAt").asString()))
        .isBefore(Instant.parse(failed.at("/finishedAt").asString()));
    assertThat(failed.at("/reason").asString())
        .isEqualTo("None of the first 4 items got an answer in 10 s; the last error: " + WORDS);
  }

  @Test
  void a_server_that_is_away_in_the_middle_of_a_run_costs_nothing() throws InterruptedException {
    application("away");
    Digest away = Digest.ofText("variant that is away for a while");
    variant("away", away);
    INFERENCE.slows(away);
    String suite = publishedSuite(suite("away", split("away"), "validation"));

    String run = startRun("away", suite, away);
    awaitActivity(run, "of 130 answered");
    INFERENCE.fails(away);
    awaitActivity(run, "No answer at present");
    // The outage lasts longer than a run waits for its first answer.
    Thread.sleep(Duration.ofSeconds(12));
    INFERENCE.recovers(away);
    JsonNode finished = awaitState(run, "FINISHED").json();

    assertThat(finished.at("/failedItems").asInt(-1)).isZero();
    assertThat(finished.at("/items").asInt()).isEqualTo(130);
    assertThat(finished.at("/pauses").asInt()).isPositive();
    assertThat(finished.at("/retries").asInt()).isPositive();
  }

  @Test
  void a_variant_that_fails_half_of_its_calls_has_half_of_its_items_failed() {
    String application = "half";
    application(application);
    String suite = publishedSuite("half", split("half"));
    criteria(application, suite, 2, CRITERIA);
    Digest half = Digest.ofText("variant that fails every second call");
    variant(application, half);
    INFERENCE.failsEverySecond(half);

    String run = startRun(application, suite, half);
    JsonNode failed = awaitState(run, "FAILED").json();

    assertThat(failed.at("/reason").asString())
        .startsWith("More than 6 of 130 items got no answer");
    assertThat(failed.at("/failedItems").asInt()).isGreaterThan(6);
    // Nothing but a probe was sent twice.
    assertThat(failed.at("/pauses").asInt(-1)).isZero();
    INFERENCE.recovers(half);
    String again = startRun(application, suite, half);
    JsonNode repeated = awaitState(again, "FAILED").json();
    assertThat(repeated.at("/failedItems").asInt()).isEqualTo(failed.at("/failedItems").asInt());
  }

  @Test
  void a_server_that_limits_every_second_call_has_failed_them() {
    application("limited");
    Digest limited = Digest.ofText("variant whose server limits every second call");
    variant("limited", limited);
    INFERENCE.limitsEverySecond(limited);
    String suite = publishedSuite(suite("limited", split("limited"), "validation"));

    JsonNode run = awaitState(startRun("limited", suite, limited), "FAILED").json();

    assertThat(run.at("/reason").asString()).startsWith("More than 6 of 130 items got no answer");
    assertThat(run.at("/failedItems").asInt()).isGreaterThan(6);
    assertThat(run.at("/retries").asInt()).isPositive();
  }

  @Test
  void calls_that_are_limited_while_all_are_do_not_count_and_the_run_says_how_often() {
    application("throttled");
    Digest throttled = Digest.ofText("variant whose server limits all calls for a while");
    variant("throttled", throttled);
    INFERENCE.slows(throttled);
    String suite = publishedSuite(suite("throttled", split("throttled"), "validation"));

    String run = startRun("throttled", suite, throttled);
    awaitActivity(run, "of 130 answered");
    INFERENCE.limits(throttled);
    awaitActivity(run, "No answer at present");
    INFERENCE.recovers(throttled);
    JsonNode finished = awaitState(run, "FINISHED").json();

    assertThat(finished.at("/failedItems").asInt(-1)).isZero();
    assertThat(finished.at("/retries").asInt()).isPositive();
  }
}
