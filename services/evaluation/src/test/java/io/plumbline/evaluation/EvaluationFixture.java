package io.plumbline.evaluation;

import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.InferenceEvent.IndexBuilt;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.evaluation.monitor.SampleReports;
import io.plumbline.items.Item;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The base of journey tests of evaluation. It publishes events of other services, stores rows of
 * splits, and fakes inference and prompt-registry at their HTTP boundary.
 */
abstract class EvaluationFixture {

  static final InferenceFake INFERENCE = new InferenceFake();

  /**
   * Criteria about shares, whose spread needs no run over validation rows. 60 items are enough for
   * them.
   */
  static final List<Criterion> CRITERIA =
      List.of(
          new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.85, 1, 0, 50),
          new Criterion("consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 0.5, 0.9, 0, 10));

  /** The scorer of labels alone. */
  static final List<Map<String, Object>> LABELS = List.of(Map.of("type", "label"));

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired BlobStore blobs;

  private static final Map<String, Integer> CRITERIA_VERSIONS = new ConcurrentHashMap<>();

  @DynamicPropertySource
  static void inference(DynamicPropertyRegistry settings) {
    settings.add("plumbline.services.inference.url", INFERENCE::url);
    settings.add("plumbline.evaluation.start-timeout", () -> "10s");
    settings.add("plumbline.services.prompt-registry.url", INFERENCE::url);
    settings.add("plumbline.security.token-uri", () -> INFERENCE.url() + "/token");
    settings.add("plumbline.security.client-secret", () -> "secret");
  }

  TestClient.TestCaller ada() {
    return client.as("ada", Role.PROMPT_ENGINEER);
  }

  void application(String name) {
    events.publish(
        new ApplicationRegistered(
            Ids.next(), name, "ada", "triage", Criticality.LOW, TaskType.CLASSIFICATION, 1000),
        name,
        1);
  }

  void variant(String application, Digest digest) {
    variant(application, digest, "local/choice", null, null);
  }

  void variant(
      String application,
      Digest digest,
      String model,
      @Nullable Digest modelDigest,
      @Nullable Digest index) {
    variant(application, digest, InferenceFake.PROMPT, model, modelDigest, index);
  }

  void variant(
      String application,
      Digest digest,
      Digest prompt,
      String model,
      @Nullable Digest modelDigest,
      @Nullable Digest index) {
    variant(application, digest, prompt, model, modelDigest, index, Map.of());
  }

  void variant(
      String application,
      Digest digest,
      Digest prompt,
      String model,
      @Nullable Digest modelDigest,
      @Nullable Digest index,
      Map<String, String> parameters) {
    events.publish(
        new VariantCreated(
            application,
            "v",
            digest,
            prompt,
            model,
            modelDigest == null ? Digest.ofText(model) : modelDigest,
            null,
            index,
            parameters,
            null,
            null,
            null,
            null,
            List.of("ada")),
        digest.hex(),
        1);
  }

  /** Publishes a variant of a provider's model, which is reached by a connection. */
  void variantOfProvider(String application, Digest digest, Digest connection) {
    events.publish(
        new VariantCreated(
            application,
            "v",
            digest,
            InferenceFake.PROMPT,
            "acme/large",
            Digest.ofText("acme/large"),
            connection,
            null,
            Map.of(),
            null,
            null,
            null,
            null,
            List.of("ada")),
        digest.hex(),
        1);
  }

  void indexed(Digest index, Digest split, String subset) {
    events.publish(
        new IndexBuilt("index", index, null, split, Map.of("subset", subset), 120), index.hex(), 2);
  }

  /** Publishes a model version that was trained on a split. */
  void trained(Digest model, Digest split) {
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
            "ada",
            List.of("ada")),
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
            "ada",
            List.of("ada")),
        "triage" + model.hex(),
        1);
  }

  /** Registers the next version of an application's criteria, with 2 verdicts on this suite. */
  Digest criteria(String application, String suite) {
    return criteria(application, suite, 2, CRITERIA);
  }

  Digest criteria(String application, String suite, int planned, List<Criterion> criteria) {
    return criteria(application, suite, planned, criteria, CriteriaPurpose.RELEASE);
  }

  Digest criteria(
      String application,
      String suite,
      int planned,
      List<Criterion> criteria,
      CriteriaPurpose purpose) {
    return criteria(application, suite, planned, criteria, purpose, null);
  }

  /**
   * Registers criteria.
   *
   * @param approved whether a second person approved them; absent as in events of earlier versions
   */
  Digest criteria(
      String application,
      String suite,
      int planned,
      List<Criterion> criteria,
      CriteriaPurpose purpose,
      @Nullable Boolean approved) {
    int version = CRITERIA_VERSIONS.merge(application, 1, Integer::sum);
    Digest digest = Digest.ofText("criteria " + application + version);
    events.publish(
        new CriteriaRegistered(
            application,
            version,
            digest,
            new Digest(suite),
            planned,
            3,
            criteria,
            purpose.eventValue(),
            approved),
        "criteria/" + application,
        version);
    return digest;
  }

  /**
   * 120 mails: 60 spam, half of it in capitals; 60 ham. Number and name make each differ from every
   * other, or truncated ones would be equal requests, whose answer is reused.
   */
  static List<String> mails(String name) {
    return IntStream.range(0, 120).mapToObj(i -> mail(name, i)).toList();
  }

  static String mail(String name, int i) {
    return line(
        name + i,
        "Subject: %s %d\n\nmail %d %s"
            .formatted(
                name, i, i, i % 2 == 1 ? "hello friend" : i % 4 == 0 ? "win MONEY" : "win money"),
        i % 2 == 0 ? "spam" : "ham");
  }

  /** Returns a labelled text as a line of a subset. */
  static String line(String id, String text, String label) {
    return line(Item.ofText(id, text, label));
  }

  static String line(Item item) {
    return JsonMapper.shared().writeValueAsString(item);
  }

  /** Returns 120 texts of 60 words, one of which is given. */
  static List<String> letters(String name, String word) {
    return IntStream.range(0, 120).mapToObj(i -> letter(name, i, word)).toList();
  }

  private static String letter(String name, int number, String word) {
    String words =
        IntStream.range(0, 60)
            .mapToObj(i -> i == 30 ? word : name + number + "word" + i)
            .collect(Collectors.joining(" "));
    return line("l" + number, words, number % 2 == 0 ? "spam" : "ham");
  }

  /** Publishes an admitted split, each subset of which has its own mails. */
  Digest split(String name) {
    return split(name, true);
  }

  Digest split(String name, boolean admitted) {
    return split(
        name,
        admitted,
        Map.of(
            "train", mails(name + "-train"),
            "validation", mails(name + "-validation"),
            "test", mails(name)));
  }

  Digest split(String name, boolean admitted, Map<String, List<String>> rows) {
    Digest version = Digest.ofText("version of " + name);
    Digest split = Digest.ofText("split of " + name);
    Map<String, Subset> subsets = new HashMap<>();
    Caller.system(Workspaces.ACME)
        .run(() -> {
          rows.forEach((subset, lines) -> {
            Digest blob = blobs.put(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            subsets.put(subset, new Subset(blob, lines.size()));
          });
          events.publish(new SplitDefined(name, 1, version, split, subsets, 0), name, 2);
        });
    if (admitted) {
      admit(name, version);
    }
    return split;
  }

  void admit(String name, Digest version) {
    events.publish(
        new AdmissionDecided(
            name, 1, version, Outcome.PASS, List.of("TRAIN", "EVALUATE"), List.of(), null),
        name,
        3);
  }

  static Map<String, Object> suite(String name, Digest split) {
    return suite(name, split, "test");
  }

  static Map<String, Object> suite(String name, Digest split, String subset) {
    return Map.of(
        "name",
        name,
        "splitDigest",
        split,
        "subset",
        subset,
        "scorers",
        LABELS,
        "maxItems",
        100,
        "perturbations",
        Map.of("kinds", List.of("HEADERS_STRIPPED", "LOWER_CASE", "TRUNCATED"), "items", 30));
  }

  /** Returns the request of a suite without perturbations. */
  static Map<String, Object> plain(String name, Digest split) {
    return Map.of("name", name, "splitDigest", split, "scorers", LABELS);
  }

  Answer awaitStatus(int status, Supplier<Answer> call) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(call::get, answer -> answer.status() == status);
  }

  Answer awaitProblem(String type, Supplier<Answer> call) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(call::get, answer -> problem(answer).equals(type));
  }

  static String problem(Answer answer) {
    return answer.json().at("/type").asString("").replace("/problems/", "");
  }

  String publishedSuite(String name, Digest split) {
    return publishedSuite(suite(name, split));
  }

  String publishedSuite(Map<String, Object> suite) {
    return awaitStatus(201, () -> ada().post("/api/suites", suite))
        .json()
        .at("/suiteDigest")
        .asString();
  }

  static Map<String, Object> run(String application, String suite, Digest variant) {
    return Map.of(
        "application", application, "suiteDigest", suite, "variantDigest", variant, "seed", 7);
  }

  String startRun(String application, String suite, Digest variant) {
    return awaitStatus(202, () -> ada().post("/api/runs", run(application, suite, variant)))
        .json()
        .at("/runId")
        .asString();
  }

  Answer awaitState(String run, String state) {
    return await()
        .until(
            () -> ada().get("/api/runs/" + run),
            answer -> answer.json().at("/state").asString().equals(state));
  }

  String finishedRun(String application, String suite, Digest variant) {
    String run = startRun(application, suite, variant);
    awaitState(run, "FINISHED");
    return run;
  }

  /** Returns the attempts used on the items of a suite, and those left to a plan of verdicts. */
  List<Integer> attempts(String suite, int planned) {
    JsonNode attempts =
        ada().get("/api/suites/%s/attempts?plannedVerdicts=%d".formatted(suite, planned)).json();
    return List.of(attempts.at("/used").asInt(-1), attempts.at("/left").asInt(-1));
  }

  Answer baseline(String application, String run) {
    return ada().post("/api/baselines", Map.of("application", application, "runId", run));
  }

  Answer verdict(String application, String kind, String run, Digest criteria) {
    return ada()
        .post(
            "/api/verdicts",
            Map.of(
                "application",
                application,
                "kind",
                kind,
                "runId",
                run,
                "criteriaDigest",
                criteria));
  }

  /**
   * A canary on half of the traffic, and three reports of each arm: it answers half of it wrong.
   */
  void harmfulCanary(UUID release, String application, Digest worse, Digest former) {
    UUID epoch = Ids.next();
    events.publish(
        new ReleaseChanged(
            release, application, "production", worse, former, ReleaseState.CANARY, 50, null, 0),
        release.toString(),
        3);
    for (int report = 1; report <= 3; report++) {
      report(release, application, former, "control", epoch, report, 38L * report);
      report(release, application, worse, "canary", epoch, report, 20L * report);
    }
  }

  private void report(
      UUID release,
      String application,
      Digest variant,
      String arm,
      UUID epoch,
      int number,
      long correct) {
    events.publish(
        new ArmReported(
            release,
            application,
            "production",
            variant,
            arm,
            "a",
            epoch,
            number,
            Instant.EPOCH,
            40L * number,
            0,
            0,
            40L * number,
            correct,
            SampleReports.clusters(40L * number, 0, 40L * number, correct),
            5,
            9),
        release + "/" + arm,
        number);
  }
}
