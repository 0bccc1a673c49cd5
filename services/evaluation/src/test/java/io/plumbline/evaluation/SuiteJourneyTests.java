package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.Workspaces;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Tests that suites are published one after the other, even for simultaneous requests. */
@PlumblineTest
class SuiteJourneyTests extends EvaluationFixture {

  @Autowired JdbcClient sql;
  @Autowired PlatformTransactionManager transactions;

  @Test
  void two_near_suites_that_are_published_at_once_are_the_same_items() throws Exception {
    String application = "at-once";
    application(application);
    Digest one = split("at-once", true, Map.of("test", letters("at-once", "plumbline")));
    Digest other = split("at-once-b", true, Map.of("test", letters("at-once", "changed")));
    List<String> suites =
        publishedAtOnce(
                () -> ada().post("/api/suites", plain("at-once", one)),
                () -> ada().post("/api/suites", plain("at-once-b", other)))
            .stream()
            .map(answer -> answer.json().at("/suiteDigest").asString())
            .toList();
    criteria(application, suites.getFirst());
    Digest variant = Digest.ofText("variant on one of two suites");
    variant(application, variant);
    finishedRun(application, suites.getFirst(), variant);

    assertThat(suites).allSatisfy(suite -> assertThat(attempts(suite, 2)).containsExactly(1, 1));
  }

  @Test
  void a_suite_that_is_published_twice_at_once_is_one() throws Exception {
    Map<String, Object> suite = plain("twice", split("twice"));

    assertThat(
            publishedAtOnce(
                () -> ada().post("/api/suites", suite),
                () -> ada().expectingNoEvent().post("/api/suites", suite)))
        .extracting(Answer::status)
        .containsExactly(201, 200);
  }

  @Test
  void a_suite_that_was_published_without_trivial_scores_has_them_computed_once_when_asked() {
    String suite = publishedSuite("older", split("older"));
    String path = "/api/suites/" + suite;
    JsonNode computed = ada().get(path).json().at("/trivialScores");
    assertThat(computed.valueStream().map(each -> each.at("/variant").asString()).toList())
        .containsExactly("ALWAYS_ABSTAINS", "NEVER_ABSTAINS", "COMMONEST_LABEL");
    EmbeddedServers.executeAsSuperuser(
        "evaluation",
        "SET session_replication_role = replica",
        "DELETE FROM trivial_scores WHERE suite_digest = '%s'".formatted(suite));
    assertThat(ada().get(path).json().at("/trivialScores").isNull()).isTrue();
    assertThat(client.as("vera", Role.VIEWER).post(path + "/trivial-scores", null).status())
        .isEqualTo(403);

    Answer again = ada().post(path + "/trivial-scores", null);

    assertThat(again.status()).as(again.body()).isEqualTo(200);
    assertThat(again.json().at("/trivialScores")).isEqualTo(computed);
    assertThat(
            ada()
                .expectingNoEvent()
                .post(path + "/trivial-scores", null)
                .json()
                .at("/trivialScores"))
        .isEqualTo(computed);
  }

  @Test
  void a_suite_that_is_a_sample_says_of_how_many_items() {
    Digest split = split("sampled");
    Map<String, Object> sample =
        Map.of("name", "sampled", "splitDigest", split, "scorers", LABELS, "maxItems", 50);
    Answer created = awaitStatus(201, () -> ada().post("/api/suites", sample));
    String suite = created.json().at("/suiteDigest").asString();

    assertThat(created.json().at("/items").asInt()).isEqualTo(50);
    assertThat(created.json().at("/subsetItems").asInt()).isEqualTo(120);
    assertThat(ada().get("/api/suites/" + suite).json()).isEqualTo(created.json());
  }

  @Test
  void items_for_releases_are_planned_before_there_are_any() {
    String route = "/api/suites/required-items?threshold=0.85&alternative=0.93";

    assertThat(ada().get(route + "&plannedVerdicts=2&releases=5").json().toString())
        .isEqualTo(
            "{\"spread\":0.3570714214271425,"
                + "\"planned\":{\"plannedVerdicts\":2,\"itemsPerSet\":190,\"sets\":3,\"items\":570},"
                + "\"fewest\":{\"plannedVerdicts\":5,\"itemsPerSet\":233,\"sets\":1,\"items\":233}}");
    assertThat(problem(ada().get(route + "&releases=0"))).isEqualTo("invalid");
  }

  /**
   * Publishes two suites at once. Both are compared with the existing suites before either is
   * added, in this order.
   */
  private List<Answer> publishedAtOnce(Supplier<Answer> first, Supplier<Answer> second)
      throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Answer>> answers =
          whileSuitesAreLocked(() -> {
            List<Future<Answer>> sent = new ArrayList<>();
            for (Supplier<Answer> publication : List.of(first, second)) {
              sent.add(threads.submit(() -> awaitAdded(publication)));
              int compared = sent.size();
              await().atMost(Duration.ofSeconds(60)).until(() -> comparedAndWaiting() == compared);
            }
            return sent;
          });
      return List.of(answers.getFirst().get(), answers.getLast().get());
    }
  }

  /** Repeats a publication until the events that it depends on have arrived. */
  private static Answer awaitAdded(Supplier<Answer> publication) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(publication::get, answer -> answer.status() < 300);
  }

  private <T> T whileSuitesAreLocked(Callable<T> action) throws Exception {
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    return Caller.system(Workspaces.ACME)
        .call(() ->
            Objects.requireNonNull(
                transaction.execute(status -> {
                  AdvisoryLocks.lock(sql, 4, "suite");
                  try {
                    return action.call();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                })));
  }

  /**
   * Returns how many publications have compared their items and wait. A transaction holds the lock
   * of a table that it has read until it ends.
   */
  private static int comparedAndWaiting() throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("evaluation");
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                """
                SELECT count(*) FROM pg_locks waiting JOIN pg_locks reading USING (pid)
                WHERE waiting.locktype = 'advisory' AND NOT waiting.granted
                  AND reading.relation = 'item_text'::regclass AND reading.granted
                """)) {
      count.next();
      return count.getInt(1);
    }
  }

  @Test
  void a_perturbation_that_changes_nothing_is_refused() {
    List<String> quiet =
        mails("quiet").stream()
            .map(line -> line.toLowerCase(Locale.ROOT).replace("itemid", "itemId"))
            .toList();
    Digest split = split("quiet", true, Map.of("test", quiet));
    Answer refused = awaitStatus(422, () -> ada().post("/api/suites", suite("quiet", split)));
    assertThat(refused.body()).contains("LOWER_CASE changes 0 of 10 texts, fewer than 50%");
  }
}
