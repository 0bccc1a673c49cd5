package io.plumbline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionPublished;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.PhaseChanged;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.contracts.TrainingEvent.SweepFinished;
import io.plumbline.contracts.TrainingEvent.SweepStarted;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.localmodels.Classifier;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.test.fault.Redelivery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The journey from a refused job to an artifact, with the real trainer in its own process. */
@PlumblineTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrainingJourneyTests {

  private static final Digest VERSION = Digest.ofText("mail version 1");
  private static final Digest SPLIT = Digest.ofText("mail split");
  private static final Digest UNADMITTED = Digest.ofText("another split");
  private static final Digest RATINGS = Digest.ofText("ratings version 1");
  private static final Digest PREFERENCES = Digest.ofText("ratings split");

  /** The number of epochs, which is large enough for a job to be observed while it runs. */
  private static final int EPOCHS = 600;

  private static final String[] DELIVERY = {
    "where is my parcel", "the package has not arrived", "delivery is late", "when will it ship"
  };
  private static final String[] PAYMENT = {
    "my card was declined",
    "I was charged twice",
    "the invoice is wrong",
    "please refund the payment"
  };

  @TempDir static Path directory;

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired BlobStore blobs;

  private String application = "";
  private TestClient.TestCaller ada;

  @DynamicPropertySource
  static void workingDirectory(DynamicPropertyRegistry registry) {
    registry.add("plumbline.training.directory", directory::toString);
  }

  @BeforeEach
  void publishWhatTrainingNeeds() throws Exception {
    ada = client.as("ada", Role.ML_ENGINEER);
    application = "mail-" + UUID.randomUUID();
    events.publish(
        new ApplicationRegistered(
            UUID.randomUUID(),
            application,
            "ada",
            "sort mail",
            Criticality.MEDIUM,
            TaskType.CLASSIFICATION,
            1000),
        application,
        1);
    events.publish(
        new PhaseChanged(
            application,
            Phase.FINE_TUNING,
            PhaseState.LOCKED,
            List.of("verdict of phase PROMPT"),
            List.of(),
            null),
        application,
        2);
    events.publish(
        new BaseModelListed(
            "local/choice-minilm",
            Digest.ofText("minilm"),
            "local",
            512,
            Money.usd("0.02"),
            null,
            Money.usd("0"),
            "Apache-2.0",
            null,
            true),
        "local/choice-minilm",
        1);
    events.publish(
        new SplitDefined("mail", 1, VERSION, SPLIT, subsets(), 0, List.of("dan", "eve")),
        "mail",
        1);
    events.publish(published("mail", "CLASSIFICATION", VERSION), "mail", 1);
    events.publish(
        new SplitDefined("ratings", 1, RATINGS, PREFERENCES, subsets(), 0), "ratings", 1);
    events.publish(published("ratings", "PREFERENCE", RATINGS), "ratings", 1);
    events.publish(
        new AdmissionDecided(
            "ratings", 1, RATINGS, Outcome.PASS, List.of("TRAIN"), List.of(), null),
        "ratings",
        2);
    events.publish(
        new SplitDefined("other", 1, Digest.ofText("other"), UNADMITTED, subsets(), 0), "other", 1);
    events.publish(
        new AdmissionDecided(
            "mail", 1, VERSION, Outcome.PASS, List.of("TRAIN", "EVALUATE"), List.of(), null),
        "mail",
        2);
  }

  @Test
  void refuses_a_training_that_is_premature_and_says_which_evidence_is_missing() {
    Answer refused = awaitKnown(job(SPLIT, Map.of()));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("type").asString()).isEqualTo("/problems/phase-locked");
    assertThat(refused.json().path("missing").path(0).asString())
        .isEqualTo("verdict of phase PROMPT");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            denials().stream()
                .anyMatch(denied ->
                    denied.problem().equals("phase-locked")
                        && denied.reasons().equals(List.of("verdict of phase PROMPT"))));
  }

  @Test
  void refuses_what_is_unknown_unadmitted_or_out_of_range() {
    openPhase();
    Map<String, Object> unknown = job(SPLIT, Map.of());
    unknown.put("application", "never-registered");
    assertThat(problem(ada.post("/api/training-jobs", unknown)))
        .isEqualTo("409 /problems/not-yet-known /application");
    Map<String, Object> without = job(SPLIT, Map.of());
    without.remove("application");
    assertThat(problem(ada.post("/api/training-jobs", without)))
        .isEqualTo("400 /problems/invalid /application");
    assertThat(problem(awaitOpen(job(UNADMITTED, Map.of()))))
        .isEqualTo("409 /problems/not-admitted /splitDigest");
    Answer preferences = awaitOpen(job(PREFERENCES, Map.of()));
    assertThat(problem(preferences)).isEqualTo("422 /problems/unsuitable-split /splitDigest");
    assertThat(preferences.body()).contains("which is of the kind PREFERENCE");
    assertThat(problem(ada.post("/api/training-jobs", job(Digest.ofText("no split"), Map.of()))))
        .isEqualTo("409 /problems/not-yet-known /splitDigest");
    assertThat(problem(ada.post("/api/training-jobs", job(SPLIT, Map.of("learningRate", 7)))))
        .isEqualTo("400 /problems/invalid /hyperparameters/learningRate");
    assertThat(problem(ada.post("/api/training-jobs", job(SPLIT, Map.of("epohcs", 7)))))
        .isEqualTo("400 /problems/invalid /hyperparameters/epohcs");
    assertThat(
            client
                .as("vera", Role.VIEWER)
                .post("/api/training-jobs", job(SPLIT, Map.of()))
                .status())
        .isEqualTo(403);
  }

  @Test
  void trains_and_streams_its_events_without_gap_or_duplicate() throws Exception {
    openPhase();
    String path = "/api/training-jobs/" + start(job(SPLIT, Map.of("epochs", 12)));
    List<String> feed = feed(path, "");
    assertThat(feed)
        .isEqualTo(IntStream.rangeClosed(1, feed.size()).mapToObj(Integer::toString).toList());
    assertThat(feed(path, "5")).isEqualTo(feed.subList(5, feed.size()));

    JsonNode done = ada.get(path).json();
    assertThat(done.path("state").asString()).isEqualTo("SUCCEEDED");
    assertThat(done.path("epochs").size()).isBetween(1, 12);
    assertThat(done.path("result").path("metrics").path("macro_f1").asDouble()).isGreaterThan(0.9);
    assertThat(done.path("result").path("suggestions").size()).isPositive();
    Digest artifact = new Digest(done.path("result").path("artifactDigest").asString());
    Classifier classifier =
        Caller.system(Workspaces.ACME).call(() -> Classifier.read(blobs.open(artifact)));
    assertThat(classifier.labels()).containsExactly("delivery", "payment");

    JobFinished finished =
        events.awaitPublished(
            JobFinished.class,
            event -> event.jobId().toString().equals(done.path("jobId").asString()));
    assertThat(finished.outcome()).isEqualTo(RunOutcome.SUCCEEDED);
    assertThat(finished.artifactDigest()).isEqualTo(artifact);
    assertThat(finished.hyperparameters())
        .containsEntry("epochs", "12")
        .containsEntry("seed", "3")
        .containsKey("processor");
    assertThat(finished.author()).isEqualTo("ada");
    assertThat(finished.authors()).containsExactly("ada", "dan", "eve");
    assertThat(client.as("gus", Workspaces.GLOBEX, Role.ML_ENGINEER).get(path).status())
        .isEqualTo(404);
  }

  @Test
  void ends_in_the_same_artifact_after_a_kill_and_after_a_pause() {
    openPhase();
    Map<String, Object> recipe =
        job(SPLIT, Map.of("epochs", EPOCHS, "patience", EPOCHS, "batchSize", 8));
    String undisturbed = artifactOf(awaitEnd(start(recipe)));

    String killed = start(recipe);
    awaitEpoch(killed, 5);
    trainers().forEach(ProcessHandle::destroyForcibly);
    JsonNode afterKill = awaitEnd(killed);
    assertThat(artifactOf(afterKill)).isEqualTo(undisturbed);
    assertThat(ada.get("/api/training-jobs/" + killed + "/events").body())
        .contains("event:restarted");

    String paused = start(recipe);
    awaitEpoch(paused, 5);
    assertThat(
            ada.post("/api/training-jobs/" + paused + "/pause", null)
                .json()
                .path("state")
                .asString())
        .isEqualTo("PAUSED");
    await().atMost(Duration.ofSeconds(60)).until(() -> trainers().isEmpty());
    int reached = ada.get("/api/training-jobs/" + paused).json().path("epoch").asInt();
    assertThat(reached).isBetween(5, EPOCHS - 1);
    assertThat(ada.post("/api/training-jobs/" + paused + "/resume", null).status()).isEqualTo(200);
    assertThat(artifactOf(awaitEnd(paused))).isEqualTo(undisturbed);
  }

  @Test
  void stops_at_its_cap_and_when_cancelled() {
    openPhase();
    Map<String, Object> capped = job(SPLIT, Map.of("epochs", 2000, "patience", 2000));
    capped.put("maxSpend", Map.of("amount", "0.000001", "currency", "USD"));
    JsonNode stopped = awaitEnd(start(capped));
    assertThat(stopped.path("state").asString()).isEqualTo("FAILED");
    assertThat(stopped.path("reason").asString()).contains("exceeds the cap of 0.000001 USD");

    String cancelled = start(job(SPLIT, Map.of("epochs", 2000, "patience", 2000)));
    Answer answer =
        ada.post("/api/training-jobs/" + cancelled + "/cancel", Map.of("reason", "wrong split"));
    assertThat(answer.json().path("state").asString()).isEqualTo("CANCELLED");
    assertThat(problem(ada.post("/api/training-jobs/" + cancelled + "/resume", null)))
        .startsWith("409 /problems/wrong-state");
    await().atMost(Duration.ofSeconds(60)).until(() -> trainers().isEmpty());
  }

  @Test
  void fails_a_job_that_the_queue_has_given_up() throws Exception {
    openPhase();
    String before = start(job(SPLIT, Map.of("epochs", 2000, "patience", 2000)));
    awaitEpoch(before, 1);
    String fatal = start(job(SPLIT, Map.of()));
    try (Connection connection = EmbeddedServers.connectAsSuperuser("training");
        PreparedStatement sql =
            connection.prepareStatement(
                "UPDATE job SET attempt = 5 WHERE state = 'QUEUED' AND payload ->> 'jobId' = ?")) {
      sql.setString(1, fatal);
      assertThat(sql.executeUpdate()).isEqualTo(1);
    }

    ada.post("/api/training-jobs/" + before + "/cancel", Map.of("reason", "makes way"));

    JsonNode ended = awaitEnd(fatal);
    assertThat(ended.path("state").asString()).isEqualTo("FAILED");
    assertThat(ended.path("reason").asString())
        .isEqualTo("All 5 attempts were interrupted before they ended; submit the job again");
  }

  @Test
  void fails_a_job_whose_trainer_is_killed_each_time_and_delays_no_other() {
    openPhase();
    String killed = start(job(SPLIT, Map.of("epochs", 2000, "patience", 2000)));
    awaitEpoch(killed, 1);
    String behind = start(job(SPLIT, Map.of("epochs", 2)));

    JsonNode ended =
        await()
            .pollInterval(Duration.ofMillis(20))
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> {
                  JsonNode job = ada.get("/api/training-jobs/" + killed).json();
                  if (job.path("state").asString().equals("RUNNING")) {
                    trainers().forEach(ProcessHandle::destroyForcibly);
                  }
                  return job;
                },
                job -> !job.path("finishedAt").isNull() && !job.path("finishedAt").isMissingNode());

    assertThat(ended.path("state").asString()).isEqualTo("FAILED");
    assertThat(ended.path("reason").asString())
        .startsWith("The trainer exited with code ")
        .endsWith("(3 attempts)");
    assertThat(ended.path("epoch").asInt()).as("epochs with a checkpoint").isPositive();
    assertThat(
            ada.get("/api/training-jobs/" + killed + "/events")
                .body()
                .lines()
                .filter("event:restarted"::equals))
        .hasSize(2);
    artifactOf(awaitEnd(behind));
    await().atMost(Duration.ofSeconds(60)).until(() -> trainers().isEmpty());
  }

  @Test
  void a_job_whose_dataset_was_withdrawn_before_its_start_waits_and_delays_no_other()
      throws Exception {
    openPhase();
    Digest version = Digest.ofText("withdrawn version of " + application);
    Digest split = Digest.ofText("withdrawn split of " + application);
    events.publish(new SplitDefined(application, 1, version, split, subsets(), 0), split.hex(), 1);
    admit(version, 2, Outcome.PASS);
    String before = start(job(SPLIT, Map.of("epochs", 2000, "patience", 2000)));
    awaitEpoch(before, 1);
    String waiting = start(job(split, Map.of("epochs", 2)));
    admit(version, 3, Outcome.FAIL);
    String behind = start(job(SPLIT, Map.of("epochs", 2)));

    ada.post("/api/training-jobs/" + before + "/cancel", Map.of("reason", "makes way"));

    assertThat(awaitEnd(behind).path("state").asString()).isEqualTo("SUCCEEDED");
    JsonNode kept = ada.get("/api/training-jobs/" + waiting).json();
    assertThat(kept.path("state").asString()).isEqualTo("QUEUED");
    assertThat(kept.path("reason").asString())
        .startsWith("Waits to start: ")
        .contains("is not admitted for the purpose TRAIN");
    assertThat(problem(ada.post("/api/training-jobs", job(split, Map.of()))))
        .startsWith("409 /problems/");
    admit(version, 4, Outcome.PASS);
    assertThat(awaitEnd(waiting).path("state").asString()).isEqualTo("SUCCEEDED");
  }

  private void admit(Digest version, int revision, Outcome outcome) {
    boolean admitted = outcome == Outcome.PASS;
    events.publish(
        new AdmissionDecided(
            application,
            1,
            version,
            outcome,
            admitted ? List.of("TRAIN") : List.of(),
            admitted ? List.of() : List.of("the licence was withdrawn"),
            null),
        application,
        revision);
  }

  @Test
  void runs_a_sweep_trial_by_trial() {
    openPhase();
    Map<String, Object> sweep = job(SPLIT, Map.of("patience", 3));
    sweep.put("grid", Map.of("learningRate", List.of(0.0005, 0.002), "epochs", List.of(2, 6)));
    Answer started = awaitOpenAt("/api/sweeps", sweep);
    assertThat(started.status()).as(started.toString()).isEqualTo(202);
    String id = started.json().path("sweepId").asString();
    SweepStarted published =
        events.awaitPublished(SweepStarted.class, event -> event.sweepId().toString().equals(id));
    assertThat(published.trials()).isEqualTo(4);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> !ada.get("/api/sweeps/" + id).json().path("state").asString().equals("RUNNING"));
    JsonNode done = ada.get("/api/sweeps/" + id).json();
    assertThat(done.path("state").asString()).isEqualTo("SUCCEEDED");
    assertThat(done.path("trials").size()).isEqualTo(4);
    assertThat(ada.get("/api/training-jobs?sweepId=" + id).json().path("items").size())
        .isEqualTo(4);
    SweepFinished finished =
        events.awaitPublished(SweepFinished.class, event -> event.sweepId().toString().equals(id));
    assertThat(finished.bestJobId().toString()).isEqualTo(done.path("bestJobId").asString());
    assertThat(finished.trials()).isEqualTo(4);

    sweep.put("grid", Map.of("batchSize", List.of(0.5)));
    assertThat(problem(ada.post("/api/sweeps", sweep)))
        .isEqualTo("400 /problems/invalid /grid/batchSize");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void events_delivered_thrice_and_shuffled_lead_to_the_same_state() {
    new Redelivery(events, "training")
        .emptying("application", "phase", "base_model", "split", "admission")
        .verifyStateUnchanged();
  }

  private void openPhase() {
    events.publish(
        new PhaseChanged(
            application,
            Phase.FINE_TUNING,
            PhaseState.WAIVED,
            List.of(),
            List.of(),
            UUID.randomUUID()),
        application,
        3);
  }

  private Map<String, Object> job(Digest split, Map<String, Object> hyperparameters) {
    Map<String, Object> request = new HashMap<>();
    request.put("application", application);
    request.put("baseModel", "local/choice-minilm");
    request.put("splitDigest", split.hex());
    request.put("hyperparameters", hyperparameters);
    request.put("seed", 3);
    return request;
  }

  private static DatasetVersionPublished published(String dataset, String kind, Digest version) {
    Digest report = Digest.ofText("report");
    return new DatasetVersionPublished(dataset, 1, kind, version, report, 200, Map.of(), 0, true);
  }

  private Map<String, Subset> subsets() throws Exception {
    return new TreeMap<>(Map.of("train", subset(" number "), "validation", subset(" order ")));
  }

  private Subset subset(String join) throws Exception {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String text = (i % 2 == 0 ? DELIVERY : PAYMENT)[i / 2 % 4];
      rows.append(
          """
          {"itemId":"%d","input":{"messages":[{"role":"user","content":"%s%s%d"}]},"expected":{"label":"%s"}}
          """
              .formatted(i, text, join, i, i % 2 == 0 ? "delivery" : "payment"));
    }
    byte[] content = rows.toString().getBytes(StandardCharsets.UTF_8);
    return new Subset(Caller.system(Workspaces.ACME).call(() -> blobs.put(content)), 40);
  }

  private String start(Map<String, Object> request) {
    Answer accepted = awaitOpen(request);
    assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
    return accepted.json().path("jobId").asString();
  }

  /** Repeats a request until its references are known, as the platform's own clients do. */
  private Answer awaitKnown(Map<String, Object> request) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> ada.post("/api/training-jobs", request),
            answer -> !answer.body().contains("not-yet-known"));
  }

  private Answer awaitOpen(Map<String, Object> request) {
    return awaitOpenAt("/api/training-jobs", request);
  }

  private Answer awaitOpenAt(String path, Map<String, Object> request) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> ada.post(path, request),
            answer ->
                !answer.body().contains("not-yet-known")
                    && !answer.body().contains("phase-locked"));
  }

  private void awaitEpoch(String id, int epoch) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> ada.get("/api/training-jobs/" + id).json().path("epoch").asInt() >= epoch);
  }

  private JsonNode awaitEnd(String id) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> ada.get("/api/training-jobs/" + id).json(),
            job -> !job.path("finishedAt").isNull() && !job.path("finishedAt").isMissingNode());
  }

  private static String artifactOf(JsonNode job) {
    assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
    return job.path("result").path("artifactDigest").asString();
  }

  /** Reads a stream to its end, and returns the ids of its events. */
  private List<String> feed(String path, String lastEventId) {
    TestClient.TestCaller follower =
        lastEventId.isEmpty() ? ada : ada.header("Last-Event-ID", lastEventId);
    return follower
        .get(path + "/events")
        .body()
        .lines()
        .filter(line -> line.startsWith("id:"))
        .map(line -> line.substring(3))
        .toList();
  }

  private static List<ProcessHandle> trainers() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains("TrainerMain"))
        .toList();
  }

  private List<ActionDenied> denials() {
    return events.read("plumbline.training").stream()
        .filter(message ->
            TestEventClient.header(message, "ce_type")
                .equals(EventTypes.typeOf(ActionDenied.class)))
        .map(message -> JsonMapper.shared().readValue(message.value(), ActionDenied.class))
        .toList();
  }

  /** Returns the status, type and first pointer of a problem. */
  private static String problem(Answer answer) {
    return answer.status()
        + " "
        + answer.json().path("type").asString()
        + " "
        + answer.json().path("errors").path(0).path("pointer").asString();
  }
}
