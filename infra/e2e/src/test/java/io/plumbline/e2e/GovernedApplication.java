package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.ApiUser;
import io.plumbline.demo.driver.ApplicationDriver;
import io.plumbline.demo.driver.DatasetDriver;
import io.plumbline.demo.driver.PromptDriver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An application with a suite and criteria of its own, whose variants are judged and released. No
 * two share an item, so that neither spends the other's attempts.
 */
public class GovernedApplication extends ApplicationDriver {

  /** The labels. A text begins with its own label. */
  public static final List<String> LABELS = List.of("billing", "delivery");

  static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final int ROWS = 240;
  private static final int PLANNED_VERDICTS = 6;
  private static final int MAX_REQUESTS = 1_000;

  private final List<ApiUser> judges = List.of(ada, ben, Platform.user("cleo"));
  private String split = "";
  private String suite = "";
  private String criteria = "";
  private String prompt = "";

  /** Returns an application that its test registers, or has registered. */
  GovernedApplication(String name) {
    super(name, Platform.user("ada"), Platform.user("ben"));
  }

  /** Creates an application and registers it with everything that a verdict needs. */
  public static GovernedApplication create(String name) {
    GovernedApplication application = new GovernedApplication(name);
    application.ada.post("/api/applications", ResourceKind.APPLICATION.body(name)).expect(201);
    application.admitDataset();
    application.prompt =
        new PromptDriver(application.ada, name)
            .createWith(
                PromptDriver.labelingVersion(
                    "What is a message of " + name + "?",
                    PromptDriver.labelFormat("topic", LABELS)));
    application.suite =
        application
            .publishSuite(
                name,
                application.split,
                "test",
                List.of(Map.of("type", "label")),
                Map.of("perturbations", Map.of("kinds", List.of("LOWER_CASE"), "items", 60)))
            .expect(201)
            .text("/suiteDigest");
    application.registerCriteria(0.55);
    return application;
  }

  /** Has verdicts given on this suite under these criteria. */
  final void judgeBy(String suiteDigest, String criteriaDigest) {
    suite = suiteDigest;
    criteria = criteriaDigest;
  }

  String splitDigest() {
    return split;
  }

  String suiteDigest() {
    return suite;
  }

  String promptDigest() {
    return prompt;
  }

  private void admitDataset() {
    Stream<String> rows =
        IntStream.range(0, ROWS)
            .mapToObj(i ->
                "{\"text\":\""
                    + text(i)
                    + "\",\"label\":\""
                    + LABELS.get(i % LABELS.size())
                    + "\"}");
    split =
        admit(
            labelled(LABELS),
            rows,
            Map.of(
                "seed",
                7,
                "stratify",
                true,
                "subsets",
                Map.of("train", 0.4, "validation", 0.2, "test", 0.4)),
            List.of("TRAIN", "INDEX", "EVALUATE"));
  }

  /** Returns a dataset of generated texts, each with a label. */
  static Map<String, Object> labelled(List<String> labels) {
    return Map.of(
        "kind",
        "CLASSIFICATION",
        "licence",
        "CC0-1.0",
        "legalBasis",
        "generated",
        "textColumn",
        "text",
        "labelColumn",
        "label",
        "labels",
        labels);
  }

  /** Returns the digest of a split of a new dataset, which is uploaded and admitted. */
  final String admit(
      Map<String, ?> registration,
      Stream<String> lines,
      Map<String, ?> request,
      List<String> purposes) {
    DatasetDriver dataset = new DatasetDriver(ada, name());
    dataset.register(registration);
    byte[] items = lines.collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
    dataset.upload(items, DatasetDriver.JSON_LINES);
    dataset.awaitVersion(1, TIMEOUT);
    dataset.split(1, request);
    String digest = dataset.awaitSplit(1, TIMEOUT).at("/splitDigest").asString();
    dataset.admit(1, purposes).expect(200);
    return digest;
  }

  /** Returns the digest of a suite over a subset. */
  final String suite(String splitDigest, String subset, Map<String, ?> scorer) {
    return publishSuite(name() + "-" + subset, splitDigest, subset, List.of(scorer), Map.of())
        .expect(201)
        .text("/suiteDigest");
  }

  /** Returns the text of a row: its label, and words that nothing else has. */
  String text(int row) {
    Random random = new Random(31L * name().hashCode() + row);
    String label = LABELS.get(row % LABELS.size());
    return Character.toUpperCase(label.charAt(0)) + label.substring(1) + " " + words(random, 16);
  }

  /** Returns words that no other item has. */
  static String words(Random random, int count) {
    return IntStream.range(0, count)
        .mapToObj(word ->
            random
                .ints(6, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining()))
        .collect(Collectors.joining(" "));
  }

  /**
   * Registers the criteria as the next version. A higher threshold is stricter, and closer to the
   * alternative. 24 items show 0.95 against 0.6 in one of 6 verdicts, and 19 show 0.9 against 0.5.
   */
  void registerCriteria(double accuracy) {
    criteria =
        registerCriteria(
                suite,
                PLANNED_VERDICTS,
                List.of(
                    criterion("accuracy", "TASK_QUALITY", "AT_LEAST", accuracy, 0.95, 0, 80),
                    criterion("consistency", "ROBUSTNESS", "AT_LEAST", 0.5, 0.9, 0, 40)))
            .expect(201)
            .text("/criteriaDigest");
  }

  /**
   * Returns the digest of a variant. Only the seed distinguishes it from others of the same model.
   */
  String variant(String model, int seed) {
    return createVariant("seed-" + seed, prompt, model, Map.of("parameters", Map.of("seed", seed)));
  }

  /** Makes an attempt on the suite, which sends every question anew. */
  ApiResponse attempt(String variantDigest) {
    return startRun(suite, variantDigest, Map.of("fresh", true));
  }

  /** Returns the id of a finished run. */
  String run(String suiteDigest, String variantDigest) {
    String run = startRun(suiteDigest, variantDigest, Map.of()).expect(202).text("/runId");
    awaitRun(run, TIMEOUT, each -> {});
    return run;
  }

  /** Returns the id of a PASS on an attempt under the criteria in force. */
  public String pass(String variantDigest) {
    JsonNode verdict = judge(variantDigest);
    assertThat(verdict.at("/outcome").asString()).as(verdict.toString()).isEqualTo("PASS");
    return verdict.at("/verdictId").asString();
  }

  /** Returns the verdict on an attempt under the criteria in force. */
  JsonNode judge(String variantDigest) {
    String run =
        // New criteria reach evaluation by an event, a moment after they were registered.
        await()
            .atMost(TIMEOUT)
            .until(() -> attempt(variantDigest), apiResponse -> apiResponse.status() != 409)
            .expect(202)
            .text("/runId");
    awaitRun(run, TIMEOUT, each -> {});
    return verdict(run);
  }

  /** Returns the verdict on a finished run under the criteria in force. */
  JsonNode verdict(String runId) {
    return requestVerdict("RELEASE", runId, criteria).expect(201).json();
  }

  ApiResponse request(String variantDigest, String verdictId, int canaryPercent) {
    return requestRelease(
        variantDigest, Map.of("verdictId", verdictId, "canaryPercent", canaryPercent));
  }

  /** Approves a request as the second person. */
  void approve(String requestId) {
    approve(ben, awaitApproval(requestId), "As the test wants it").expect(200);
  }

  /** Requests a release, has it approved, and waits until it is in this state. */
  String release(String variantDigest, String verdictId, int canaryPercent, String state) {
    return awaited(request(variantDigest, verdictId, canaryPercent), state);
  }

  /** Releases a variant to all callers of an environment. */
  public String release(String variantDigest, String verdictId, String environment) {
    return awaited(
        requestRelease(
            variantDigest,
            Map.of("verdictId", verdictId, "canaryPercent", 0, "environment", environment)),
        "ACTIVE");
  }

  private String awaited(ApiResponse requested, String state) {
    String release = requested.expect(202).text("/releaseId");
    approve(release);
    awaitRelease(release, state);
    return release;
  }

  /**
   * Sends requests of many people, with honest feedback on each answer, until the canary is halted.
   */
  JsonNode failCanary(String releaseId) {
    for (int i = 0; i < MAX_REQUESTS; i++) {
      ApiResponse apiResponse = askAs(ada, i).expect(200);
      boolean correct = apiResponse.text("/choices/0/message/content").contains(LABELS.getFirst());
      // The feedback of one person alone halts no canary.
      giveFeedback(judges.get(i % judges.size()), apiResponse, correct);
      if (i % 10 == 9
          && !ada.get("/api/releases/" + releaseId).expect(200).text("/state").equals("CANARY")) {
        break;
      }
    }
    return awaitRelease(releaseId, "HALTED");
  }

  /** Requests the gate, as a pipeline does. */
  ApiResponse gate(String variantDigest) {
    return ada.get("/api/gates/" + name() + "?variant=" + variantDigest);
  }

  /** Waits until the gate has received the event that closes it. */
  void awaitClosedGate(String variantDigest) {
    await().atMost(TIMEOUT).until(() -> gate(variantDigest).status() == 409);
  }

  void awaitOpenGate(String variantDigest) {
    await().atMost(TIMEOUT).until(() -> gate(variantDigest).status() == 200);
  }

  /** Sends the first text to a model, which may be a variant or an application. */
  ApiResponse call(String model) {
    return ask(ada, model, text(0));
  }

  /**
   * Sends a text of one of many people, who stays with one arm of a canary and gets no answer from
   * a cache.
   */
  ApiResponse askAs(ApiUser user, int person) {
    return askAs(user, "person-" + person, text(LABELS.size() * person));
  }

  /** Returns the digest of the variant that answers for the application, once one does. */
  String awaitServing() {
    return awaitAnswer(text(0)).header("x-plumbline-variant");
  }

  /** Sends a text to the application until it answers. */
  final ApiResponse awaitAnswer(String text) {
    return await()
        .atMost(TIMEOUT)
        .until(() -> ask(text), apiResponse -> apiResponse.status() == 200);
  }

  /** Opens fine-tuning by a waiver and returns the id of the waiver. */
  String waive() {
    String waiver = requestWaiver("Only to have a job to look at").expect(202).text("/waiverId");
    approve(waiver);
    ada.awaitState(
        TIMEOUT, "/api/applications/" + name() + "/waivers/" + waiver, "/state", "APPROVED");
    return waiver;
  }
}
