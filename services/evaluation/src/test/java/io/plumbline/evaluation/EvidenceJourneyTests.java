package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.InferenceEvent.IndexBuilt;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient.Answer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Ways in which evidence was bent, and what stands against each of them. */
@PlumblineTest
class EvidenceJourneyTests extends EvaluationFixture {

  /** What every variant reaches here, with a margin of half of the accuracy. */
  private static final List<Criterion> LENIENT =
      List.of(
          new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.1, 0.5, 0.5, 50),
          new Criterion("consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 0.1, 0.6, 0, 10));

  private void indexed(Digest index, Digest split, String subset) {
    events.publish(
        new IndexBuilt("index", index, null, split, Map.of("subset", subset), 120), index.hex(), 2);
  }

  /** A model version that was trained on a split. */
  private void trained(Digest model, Digest split) {
    UUID job = Ids.next();
    events.publish(
        new JobFinished(
            job,
            "a",
            "local/choice",
            "HEAD",
            RunOutcome.SUCCEEDED,
            Digest.ofText("dataset"),
            split,
            model,
            model,
            Map.of(),
            Map.of(),
            List.of("ham", "spam"),
            Money.usd(BigDecimal.ZERO),
            1,
            "ada"),
        job.toString(),
        2);
    events.publish(
        new ModelVersionRegistered(
            "triage",
            1,
            model,
            model,
            "local/choice",
            Digest.ofText("base"),
            job,
            Digest.ofText("dataset"),
            List.of("ham", "spam"),
            "ada"),
        "triage" + model.hex(),
        1);
  }

  @Test
  void a_phase_is_that_of_the_variant_and_not_of_the_caller() {
    String application = "phases";
    application(application);
    Digest split = split("phases");
    String suite = publishedSuite("phases", split);
    Digest criteria = criteria(application, suite, 4, CRITERIA);
    Digest index = Digest.ofText("index of phases");
    indexed(index, split, "train");
    Digest model = Digest.ofText("model of phases");
    trained(model, split("phases-training"));
    Digest plain = Digest.ofText("plain");
    Digest retrieval = Digest.ofText("retrieval");
    Digest tuned = Digest.ofText("tuned");
    Digest hybrid = Digest.ofText("hybrid");
    variant(application, plain);
    variant(application, retrieval, "local/choice", null, index);
    variant(application, tuned, "triage@1", model, null);
    variant(application, hybrid, "triage@1", model, index);

    Map<Digest, String> phases = new HashMap<>();
    for (Digest variant : List.of(plain, retrieval, tuned)) {
      String run = finishedRun(application, suite, variant);
      phases.put(variant, baseline(application, run).json().at("/phase").asString());
      assertThat(verdict(application, "PHASE", run, criteria).json().at("/phase").asString())
          .isEqualTo(phases.get(variant));
    }
    assertThat(phases)
        .isEqualTo(Map.of(plain, "PROMPT", retrieval, "RETRIEVAL", tuned, "FINE_TUNING"));

    String both = finishedRun(application, suite, hybrid);
    assertThat(problem(baseline(application, both))).isEqualTo("no-phase");
    assertThat(problem(verdict(application, "PHASE", both, criteria))).isEqualTo("no-phase");
    assertThat(verdict(application, "RELEASE", both, criteria).status()).isEqualTo(201);

    Answer stated =
        ada()
            .post(
                "/api/baselines",
                Map.of("application", application, "phase", "RETRIEVAL", "runId", both));
    assertThat(stated.status()).isEqualTo(400);
    assertThat(stated.body()).contains("phase");
  }

  @Test
  void a_bare_models_run_counts_for_no_phase() {
    String application = "bare";
    application(application);
    String suite = publishedSuite("bare", split("bare"));
    Digest criteria = criteria(application, suite);
    String run =
        awaitStatus(
                202,
                () ->
                    ada()
                        .post(
                            "/api/runs",
                            Map.of(
                                "application",
                                application,
                                "suiteDigest",
                                suite,
                                "model",
                                "local/choice")))
            .json()
            .at("/runId")
            .asString();
    awaitState(run, "FINISHED");
    assertThat(problem(baseline(application, run))).isEqualTo("no-phase");
    assertThat(problem(verdict(application, "PHASE", run, criteria))).isEqualTo("no-phase");
    assertThat(problem(verdict(application, "RELEASE", run, criteria))).isEqualTo("no-phase");
  }

  @Test
  void criteria_come_first_and_name_the_suite() {
    String application = "first";
    application(application);
    Digest variant = Digest.ofText("first variant");
    variant(application, variant);
    String suite = publishedSuite("first", split("first"));
    Map<String, Object> run = run(application, suite, variant);

    awaitProblem("criteria-required", () -> ada().post("/api/runs", run));
    Digest other = criteria(application, Digest.ofText("another suite").hex());
    Digest single =
        criteria(application, suite, 2, List.of(CRITERIA.getFirst(), CRITERIA.getFirst()));
    awaitProblem("single-metric-gate", () -> ada().post("/api/runs", run));
    Digest named = criteria(application, suite);
    String finished = finishedRun(application, suite, variant);
    assertThat(problem(verdict(application, "RELEASE", finished, other)))
        .isEqualTo("criteria-superseded");
    assertThat(problem(verdict(application, "RELEASE", finished, single)))
        .isEqualTo("criteria-superseded");

    Digest late = criteria(application, suite);
    awaitProblem("criteria-after-run", () -> verdict(application, "RELEASE", finished, late));
    Answer verdict = verdict(application, "RELEASE", finished, named);
    assertThat(verdict.status()).isEqualTo(201);
    assertThat(verdict.json().at("/supersededBy").asString()).isEqualTo("NEW_CRITERIA");
  }

  @Test
  void a_suite_over_validation_is_exploration_whatever_the_criteria_say() {
    String application = "explored";
    application(application);
    Digest variant = Digest.ofText("explored variant");
    variant(application, variant);
    String suite = publishedSuite(suite("explored", split("explored"), "validation"));
    Digest criteria = criteria(application, suite);
    String run = finishedRun(application, suite, variant);
    assertThat(ada().get("/api/runs/" + run).json().at("/criteriaVersion").isNull()).isTrue();
    assertThat(problem(baseline(application, run))).isEqualTo("exploration-only");
    assertThat(problem(verdict(application, "RELEASE", run, criteria)))
        .isEqualTo("exploration-only");
  }

  @Test
  void a_run_is_refused_when_its_variant_used_the_test_items_under_another_name() {
    String application = "leaks";
    application(application);
    String suite = publishedSuite("leaks", split("leaks"));
    criteria(application, suite, 4, CRITERIA);

    // A split of its own, made later, whose rows "train" are test rows, in capitals.
    List<String> stolen =
        IntStream.range(0, 120).mapToObj(i -> mail("leaks", i).replace("mail", "MAIL")).toList();
    Digest leaky = Digest.ofText("leaky model");
    trained(
        leaky,
        split(
            "leaks-renamed",
            true,
            Map.of("train", stolen, "validation", mails("leaks-a"), "test", mails("leaks-b"))));
    Digest variant = Digest.ofText("leaky variant");
    variant(application, variant, "triage@1", leaky, null);
    Answer refused = awaitState(startRun(application, suite, variant), "FAILED");
    assertThat(refused.json().at("/reason").asString())
        .startsWith(
            "Leaking items: 100 of 100 items (100.0%, tolerated are 1%) are in what the variant"
                + " used: 100 in the training set.");
    assertThat(refused.json().at("/leakage/sources/TRAINING").asInt()).isEqualTo(100);
    assertThat(INFERENCE.callsOf(variant)).isZero();

    // Trained on a clean split, it is evidence.
    Digest clean = Digest.ofText("clean model");
    trained(clean, split("leaks-clean"));
    Digest healed = Digest.ofText("healed variant");
    variant(application, healed, "triage@2", clean, null);
    String finished = finishedRun(application, suite, healed);
    assertThat(ada().get("/api/runs/" + finished).json().at("/leakage/leaking").asInt()).isZero();
    // What was refused before a question was sent is no attempt.
    assertThat(attempts(suite, 4)).containsExactly(1, 3);
  }

  @Test
  void a_test_item_inside_a_longer_training_row_is_found() {
    String application = "quoted";
    application(application);
    List<String> rows = letters("quoted", "plumbline");
    String suite = publishedSuite(plain("quoted", split("quoted", true, Map.of("test", rows))));
    criteria(application, suite);
    List<String> quoting =
        rows.stream()
            .map(line ->
                line.replace(
                    "\"text\":\"",
                    "\"text\":\""
                        + "Forwarded by the other team, who asked twice what to do with it. "
                            .repeat(9)))
            .toList();
    Digest model = Digest.ofText("quoting model");
    trained(
        model,
        split(
            "quoting",
            true,
            Map.of(
                "train", quoting, "validation", mails("quoting-a"), "test", mails("quoting-b"))));
    Digest variant = Digest.ofText("quoting variant");
    variant(application, variant, "triage@1", model, null);

    assertThat(
            awaitState(startRun(application, suite, variant), "FAILED")
                .json()
                .at("/reason")
                .asString())
        .contains("120 in the training set");
  }

  @Test
  void the_subset_that_chose_the_checkpoint_and_the_index_leak_too() {
    String application = "sources";
    application(application);
    String suite = publishedSuite("sources", split("sources"));
    criteria(application, suite, 4, CRITERIA);
    Digest swapped =
        split(
            "sources-swapped",
            true,
            Map.of(
                "train", mails("sources-c"),
                "validation", mails("sources"),
                "test", mails("sources-d")));
    Digest model = Digest.ofText("chosen by test items");
    trained(model, swapped);
    Digest chosen = Digest.ofText("chosen variant");
    variant(application, chosen, "triage@1", model, null);
    Digest index = Digest.ofText("index of test items");
    indexed(index, swapped, "validation");
    Digest indexed = Digest.ofText("indexed variant");
    variant(application, indexed, "local/choice", null, index);

    assertThat(
            awaitState(startRun(application, suite, chosen), "FAILED")
                .json()
                .at("/reason")
                .asString())
        .contains("100 in the validation subset that chose the checkpoint");
    assertThat(
            awaitState(startRun(application, suite, indexed), "FAILED")
                .json()
                .at("/reason")
                .asString())
        .contains("100 in the index");
  }

  @Test
  void a_few_leaking_items_are_left_out_and_counted() {
    String application = "few";
    application(application);
    List<String> test = new ArrayList<>(mails("few"));
    test.set(
        0,
        "{\"id\":\"few0\",\"text\":\"Subject: example\\n\\nbuy now or never\",\"label\":\"spam\"}");
    Map<String, Object> all = new HashMap<>(suite("few", split("few", true, Map.of("test", test))));
    all.put("maxItems", 120);
    String suite = publishedSuite(all);
    criteria(application, suite, 1, CRITERIA);
    Digest variant = Digest.ofText("few variant");
    variant(application, variant);
    String run = finishedRun(application, suite, variant);
    Answer finished = ada().get("/api/runs/" + run);
    assertThat(finished.json().at("/leakage").toString())
        .isEqualTo("{\"items\":120,\"leaking\":1,\"sources\":{\"EXAMPLES\":1}}");
    assertThat(finished.json().at("/metrics/accuracy/observations").asInt()).isEqualTo(119);
    assertThat(ada().get("/api/runs/" + run + "/items?limit=200").body())
        .doesNotContain("\"few0\"");
  }

  @Test
  void a_run_is_refused_when_its_prompt_cannot_be_read() {
    String application = "unread";
    application(application);
    String suite = publishedSuite("unread", split("unread"));
    criteria(application, suite);
    Digest prompt = Digest.ofText("prompt whose messages are not answered");
    INFERENCE.promptVersion(prompt, "{\"prompt\": \"triage\", \"version\": 1, \"examples\": []}");
    Digest variant = Digest.ofText("variant of an unread prompt");
    variant(application, variant, prompt, "local/choice", null, null);

    assertThat(
            awaitState(startRun(application, suite, variant), "FAILED")
                .json()
                .at("/reason")
                .asString())
        .startsWith(
            "The items cannot be compared with prompt version %s, and no question was sent:"
                    .formatted(prompt.abbreviated())
                + " prompt-registry answered something that is no complete prompt version.");
    assertThat(INFERENCE.callsOf(variant)).isZero();
  }

  @Test
  void lineage_that_has_not_arrived_is_not_guessed() {
    String application = "unknown";
    application(application);
    String suite = publishedSuite("unknown", split("unknown"));
    criteria(application, suite);
    Digest variant = Digest.ofText("variant of an unknown model");
    variant(application, variant, "triage@9", Digest.ofText("unknown model"), null);
    awaitProblem("not-yet-known", () -> ada().post("/api/runs", run(application, suite, variant)));
    trained(Digest.ofText("unknown model"), split("unknown-training"));
    finishedRun(application, suite, variant);
  }

  /** 12 starts at once of 12 variants, in two applications, over two suites with the same items. */
  @Test
  void attempts_count_by_the_content_of_the_items_wherever_they_are_made() throws Exception {
    Digest split = split("counted");
    String first = publishedSuite("counted", split);
    Map<String, Object> fewer = new HashMap<>(suite("counted-again", split));
    fewer.put("maxItems", 60);
    String second = publishedSuite(fewer);
    List<Callable<Answer>> starts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String application = "counted-" + i % 2;
      Digest variant = Digest.ofText("counted variant " + i);
      if (i < 2) {
        application(application);
        criteria(application, i == 0 ? first : second, 3, CRITERIA);
      }
      variant(application, variant);
      Map<String, Object> run = run(application, i % 2 == 0 ? first : second, variant);
      starts.add(() -> awaitAnswer(() -> ada().post("/api/runs", run)));
    }
    List<String> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (Future<Answer> start : threads.invokeAll(starts)) {
        answers.add(start.get().status() == 202 ? "202" : problem(start.get()));
      }
    }
    assertThat(Collections.frequency(answers, "202")).isEqualTo(3);
    assertThat(Collections.frequency(answers, "attempts-spent")).isEqualTo(9);
  }

  /** Repeats while events have not arrived. */
  private Answer awaitAnswer(Supplier<Answer> call) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            call::get,
            answer ->
                answer.status() == 202
                    || !List.of("criteria-required", "not-yet-known").contains(problem(answer)));
  }

  @Test
  void new_criteria_are_a_new_attempt_and_give_back_nothing() {
    String application = "again";
    application(application);
    String suite = publishedSuite("again", split("again"));
    Digest criteria = criteria(application, suite, 2, CRITERIA);
    Digest variant = Digest.ofText("again variant");
    Digest other = Digest.ofText("other variant");
    List.of(variant, other).forEach(each -> variant(application, each));
    verdict(application, "RELEASE", finishedRun(application, suite, variant), criteria);
    finishedRun(application, suite, other);

    // A larger plan does not give back what was spent: two halves of the level are the whole.
    criteria(application, suite, 20, CRITERIA);
    awaitProblem(
        "attempts-spent",
        () -> ada().post("/api/runs", run(application, suite, Digest.ofText("again variant"))));
  }

  @Test
  void a_word_changed_in_each_item_makes_no_fresh_suite() {
    assertNotFresh("reworded", letters("reworded", "changed"));
  }

  @Test
  void filler_words_and_what_is_not_seen_make_no_fresh_suite() {
    assertNotFresh(
        "padded",
        letters("padded", "plumbline").stream()
            .map(line ->
                line.replaceAll("(word\\d?[0369]) ", "$1 well ").replace("word", "wo\u200brd"))
            .toList());
  }

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
                () -> ada().changingNothing().post("/api/suites", suite)))
        .extracting(Answer::status)
        .containsExactly(201, 200);
  }

  /** Both have been compared with what was there before either is added, in this order. */
  private List<Answer> publishedAtOnce(Supplier<Answer> first, Supplier<Answer> second)
      throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Answer>> answers =
          whileSuitesAreLocked(() -> {
            List<Future<Answer>> sent = new ArrayList<>();
            for (Supplier<Answer> publication : List.of(first, second)) {
              sent.add(threads.submit(() -> awaitAdded(publication)));
              int compared = sent.size();
              await().atMost(Duration.ofSeconds(20)).until(() -> comparedAndWaiting() == compared);
            }
            return sent;
          });
      return List.of(answers.getFirst().get(), answers.getLast().get());
    }
  }

  /** Repeats while events have not arrived. */
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

  /** A transaction holds the lock of a table that it has read until it ends. */
  private static int comparedAndWaiting() throws SQLException {
    try (Connection connection = EmbeddedServers.superuser("evaluation");
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

  /** After a suite of 120 texts of 60 words has spent its plan. */
  private void assertNotFresh(String application, List<String> rows) {
    application(application);
    List<String> first = letters(application, "plumbline");
    String suite =
        publishedSuite(plain(application, split(application, true, Map.of("test", first))));
    criteria(application, suite, 1, CRITERIA);
    Digest variant = Digest.ofText(application + " variant");
    Digest other = Digest.ofText("variant on " + application + " items");
    List.of(variant, other).forEach(each -> variant(application, each));
    finishedRun(application, suite, variant);

    String name = application + "-b";
    String fresh = publishedSuite(plain(name, split(name, true, Map.of("test", rows))));
    criteria(application, fresh, 1, CRITERIA);
    awaitProblem("attempts-spent", () -> ada().post("/api/runs", run(application, fresh, other)));
  }

  private static List<String> letters(String name, String word) {
    return IntStream.range(0, 120).mapToObj(i -> letter(name, i, word)).toList();
  }

  private static String letter(String name, int number, String word) {
    String words =
        IntStream.range(0, 60)
            .mapToObj(i -> i == 30 ? word : name + number + "word" + i)
            .collect(Collectors.joining(" "));
    return "{\"id\":\"l%d\",\"text\":\"%s\",\"label\":\"%s\"}"
        .formatted(number, words, number % 2 == 0 ? "spam" : "ham");
  }

  private static Map<String, Object> plain(String name, Digest split) {
    return Map.of("name", name, "splitDigest", split, "evaluators", List.of("classification"));
  }

  @Test
  void exploration_is_free_unless_its_rows_become_test_items() {
    String application = "rows";
    application(application);
    List<String> rows = mails("rows");
    Digest renamed =
        split("rows-as-validation", true, Map.of("validation", rows, "train", mails("rows-t")));
    String exploration = publishedSuite(suite("rows-as-validation", renamed, "validation"));
    Digest variant = Digest.ofText("explored 0");
    variant(application, variant);
    String explored = finishedRun(application, exploration, variant);
    assertThat(ada().get("/api/runs/" + explored + "/items").status()).isEqualTo(200);

    Digest split = split("rows-as-test", true, Map.of("test", rows));
    String suite = publishedSuite("rows-as-test", split);
    criteria(application, suite, 20, CRITERIA);
    awaitProblem("outputs-opened", () -> ada().post("/api/runs", run(application, suite, variant)));
  }

  @Test
  void attempts_and_verdicts_cannot_be_changed_by_anybody() throws SQLException {
    String application = "kept";
    application(application);
    String suite = publishedSuite("kept", split("kept"));
    Digest criteria = criteria(application, suite);
    Digest variant = Digest.ofText("kept variant");
    variant(application, variant);
    verdict(application, "RELEASE", finishedRun(application, suite, variant), criteria);
    for (String change :
        List.of(
            "DELETE FROM attempt",
            "UPDATE attempt SET planned_verdicts = 100",
            "UPDATE verdict SET outcome = 'PASS'",
            "UPDATE suite_item SET content_digest = ''",
            "DELETE FROM suite_overlap",
            "DELETE FROM suite_opening",
            "UPDATE criteria SET suite_digest = ''",
            "DELETE FROM criteria",
            "UPDATE variant SET index_digest = NULL",
            "UPDATE run_item SET prediction = label",
            "DELETE FROM run_item",
            "DELETE FROM run",
            "TRUNCATE run",
            "UPDATE run SET seed = 2",
            "DELETE FROM run_leakage",
            "DELETE FROM baseline")) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> asSuperuser(change))
          .withMessageContaining("append-only");
    }
    for (String change :
        List.of("UPDATE run SET figures = NULL", "UPDATE run SET state = 'RUNNING'")) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> asSuperuser(change + " WHERE state = 'FINISHED'"))
          .withMessageContaining("a row of run that is FINISHED is final");
    }
  }

  private static void asSuperuser(String change) throws SQLException {
    try (Connection connection = EmbeddedServers.superuser("evaluation");
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(change);
    }
  }

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

  /** A suite over the validation rows of a split. */
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
    // The newest one is not what was there when the run began.
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
    // The gate looks at the newest of either kind.
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
    // Of the old criteria and older than the canary: the first is what the gate would say of it.
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
            .changingNothing()
            .post("/api/baselines", Map.of("application", application, "runId", best));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(recorded.json());

    // The worse one is newer, and alone in the phase of the candidate.
    String run = finishedRun(application, suite, candidate);
    for (String kind : List.of("PHASE", "RELEASE")) {
      assertThat(verdict(application, kind, run, criteria).json().at("/baselineRunId").asString())
          .as(kind)
          .isEqualTo(best);
    }
  }

  @Test
  void a_perturbation_that_changes_nothing_is_refused() {
    List<String> quiet =
        mails("quiet").stream().map(line -> line.toLowerCase(Locale.ROOT)).toList();
    Digest split = split("quiet", true, Map.of("test", quiet));
    Answer refused = awaitStatus(422, () -> ada().post("/api/suites", suite("quiet", split)));
    assertThat(refused.body()).contains("LOWER_CASE changes 0 of 10 texts, fewer than 50%");
  }
}
