package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.demo.api.Answer;
import io.plumbline.demo.api.ApiUser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An application with a dataset, a suite and criteria of its own, whose variants are judged and
 * released by the public API. No two share an item, so that neither spends the other's attempts.
 */
public final class GovernedApplication {

  /** The labels. A text begins with its own label. */
  public static final List<String> LABELS = List.of("billing", "delivery");

  private static final String PRODUCTION = "production";
  private static final int ROWS = 240;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final int PLANNED_VERDICTS = 6;
  private static final int MAX_REQUESTS = 1_000;

  private final ApiUser ada = Platform.user("ada");
  private final ApiUser ben = Platform.user("ben");
  private final List<ApiUser> judges = List.of(ada, ben, Platform.user("cleo"));
  private final String name;
  private String split = "";
  private String suite = "";
  private String criteria = "";
  private String prompt = "";

  private GovernedApplication(String name) {
    this.name = name;
  }

  /** Creates an application and registers it with everything that a verdict needs. */
  public static GovernedApplication create(String name) {
    GovernedApplication application = new GovernedApplication(name);
    application.ada.post("/api/applications", ResourceKind.APPLICATION.body(name)).expect(201);
    application.admitDataset();
    application.publishPrompt();
    application.publishSuite();
    application.registerCriteria(0.55);
    return application;
  }

  /** Returns an application whose dataset, suite and criteria its test has made. */
  static GovernedApplication of(String name, String suite, String criteria) {
    GovernedApplication application = new GovernedApplication(name);
    application.suite = suite;
    application.criteria = criteria;
    return application;
  }

  /** Makes the names of models refer to a provider of this test. */
  public static void connect(String name, ScriptedProvider provider) {
    Platform.user("root")
        .post(
            "/api/providers",
            Map.of("name", name, "kind", "openai-compatible", "baseUrl", provider.url()))
        .expect(201);
  }

  String name() {
    return name;
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
    ada.post("/api/datasets", LongWork.dataset(name, LABELS)).expect(201);
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
            ada,
            name,
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

  /** Returns the digest of a split of a dataset's first version, which is uploaded and admitted. */
  static String admit(
      ApiUser steward,
      String dataset,
      Stream<String> lines,
      Map<String, ?> split,
      List<String> purposes) {
    String versions = "/api/datasets/" + dataset + "/versions";
    byte[] items = lines.collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
    steward.upload(versions, items, "application/x-ndjson").expect(202);
    awaitState(steward, versions + "/1", "/state", "READY");
    steward.post(versions + "/1/splits", split).expect(202);
    String digest =
        awaitState(steward, versions + "/1/splits", "/items/0/state", "READY")
            .at("/items/0/splitDigest")
            .asString();
    steward.post(versions + "/1/admission", Map.of("purposes", purposes)).expect(200);
    return digest;
  }

  /** Returns the text of a row: its label, and words that nothing else has. */
  String text(int row) {
    Random random = new Random(31L * name.hashCode() + row);
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

  private void publishSuite() {
    Map<String, Object> definition =
        Map.of(
            "name",
            name,
            "splitDigest",
            split,
            "subset",
            "test",
            "scorers",
            List.of(Map.of("type", "label")),
            "perturbations",
            Map.of("kinds", List.of("LOWER_CASE"), "items", 60),
            "seed",
            7);
    suite = publish(definition);
  }

  /** Returns the digest of the suite, once evaluation has received the admission. */
  static String publish(Map<String, Object> suite) {
    ApiUser publisher = Platform.user("ada");
    return await()
        .atMost(TIMEOUT)
        .until(
            () -> publisher.post("/api/suites", suite),
            answer -> !answer.problem().equals("dataset-unadmitted"))
        .expect(201)
        .text("/suiteDigest");
  }

  /**
   * Registers the criteria as the next version. A higher threshold is stricter, and closer to the
   * alternative. 24 items show 0.95 against 0.6 in one of 6 verdicts, and 19 show 0.9 against 0.5.
   */
  void registerCriteria(double accuracy) {
    criteria =
        ada.post(
                "/api/applications/" + name + "/criteria",
                Map.of(
                    "suiteDigest",
                    suite,
                    "plannedVerdicts",
                    PLANNED_VERDICTS,
                    "candidatesPerPhase",
                    2,
                    "criteria",
                    List.of(
                        criterion("accuracy", "TASK_QUALITY", "AT_LEAST", accuracy, 0.95, 80),
                        criterion("consistency", "ROBUSTNESS", "AT_LEAST", 0.5, 0.9, 40))))
            .expect(201)
            .text("/criteriaDigest");
  }

  /** Returns a criterion without a margin. */
  static Map<String, Object> criterion(
      String metric,
      String kind,
      String direction,
      double threshold,
      double alternative,
      int sampleSize) {
    return Map.of(
        "metric",
        metric,
        "kind",
        kind,
        "direction",
        direction,
        "threshold",
        threshold,
        "alternative",
        alternative,
        "margin",
        0,
        "sampleSize",
        sampleSize);
  }

  private void publishPrompt() {
    ada.post("/api/prompts", Map.of("name", name)).expect(201);
    prompt =
        ada.post(
                "/api/prompts/" + name + "/versions",
                Map.of(
                    "message",
                    "first",
                    "messages",
                    List.of(
                        Map.of("role", "system", "content", "What is a message of " + name + "?"),
                        Map.of("role", "user", "content", "{{text}}")),
                    "variables",
                    Map.of(
                        "type",
                        "object",
                        "required",
                        List.of("text"),
                        "properties",
                        Map.of("text", Map.of("type", "string"))),
                    "responseFormat",
                    LongWork.choice(LABELS)))
            .expect(201)
            .text("/digest");
  }

  /**
   * Returns the digest of a variant. Only the seed distinguishes it from others of the same model.
   */
  String variant(String model, int seed) {
    return ada.post(
            "/api/variants",
            Map.of(
                "application",
                name,
                "name",
                "seed-" + seed,
                "promptDigest",
                prompt,
                "model",
                model,
                "parameters",
                Map.of("seed", seed)))
        .expect(201)
        .text("/variantDigest");
  }

  /** Makes an attempt on the suite, which sends every question anew. */
  Answer attempt(String variantDigest) {
    return ada.post(
        "/api/runs",
        Map.of(
            "application",
            name,
            "suiteDigest",
            suite,
            "variantDigest",
            variantDigest,
            "fresh",
            true,
            "seed",
            7));
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
            .until(() -> attempt(variantDigest), answer -> answer.status() != 409)
            .expect(202)
            .text("/runId");
    awaitState("/api/runs/" + run, "/state", "FINISHED");
    return ada.post(
            "/api/verdicts",
            Map.of(
                "application", name, "kind", "RELEASE", "runId", run, "criteriaDigest", criteria))
        .expect(201)
        .json();
  }

  Answer request(String variantDigest, String verdictId, int canaryPercent) {
    return request(variantDigest, verdictId, canaryPercent, "");
  }

  /** Requests a release, with a reason that overrides the verdict unless the reason is empty. */
  Answer request(String variantDigest, String verdictId, int canaryPercent, String override) {
    return request(variantDigest, verdictId, canaryPercent, override, PRODUCTION);
  }

  private Answer request(
      String variantDigest,
      String verdictId,
      int canaryPercent,
      String override,
      String environment) {
    Map<String, Object> request = new HashMap<>();
    request.put("application", name);
    request.put("environment", environment);
    request.put("variantDigest", variantDigest);
    request.put("verdictId", verdictId);
    request.put("canaryPercent", canaryPercent);
    if (!override.isEmpty()) {
      request.put("override", override);
    }
    return ada.post("/api/releases", request);
  }

  /** Approves a request as the second person. */
  void approve(String requestId) {
    String approval = approval(requestId);
    ben.post(
            "/api/approvals/" + approval + "/decisions",
            Map.of("decision", "APPROVED", "reason", "As the test wants it"))
        .expect(200);
  }

  private String approval(String requestId) {
    JsonNode pending =
        ben.await(
            "the request for approval",
            TIMEOUT,
            "/api/approvals?state=PENDING&limit=100",
            list -> !LongWork.approval(list, requestId).isEmpty());
    return LongWork.approval(pending, requestId);
  }

  /** Requests a release, has it approved, and waits until it is in this state. */
  String release(String variantDigest, String verdictId, int canaryPercent, String state) {
    return awaited(request(variantDigest, verdictId, canaryPercent), state);
  }

  /** Releases a variant to all callers of an environment. */
  public String release(String variantDigest, String verdictId, String environment) {
    return awaited(request(variantDigest, verdictId, 0, "", environment), "ACTIVE");
  }

  private String awaited(Answer requested, String state) {
    String release = requested.expect(202).text("/releaseId");
    approve(release);
    awaitRelease(release, state);
    return release;
  }

  /**
   * Sends requests of many people, with honest feedback on each answer, until the canary is halted.
   */
  JsonNode failCanary(String releaseId) {
    String path = "/api/releases/" + releaseId;
    for (int i = 0; i < MAX_REQUESTS; i++) {
      Answer answer = ada.post("/v1/chat/completions", completion("app/" + name, i)).expect(200);
      boolean correct = answer.text("/choices/0/message/content").contains(LABELS.getFirst());
      // The feedback of one person alone halts no canary.
      judges
          .get(i % judges.size())
          .post("/api/feedback", Map.of("responseId", answer.text("/id"), "correct", correct))
          .expect(200);
      if (i % 10 == 9 && !ada.get(path).expect(200).text("/state").equals("CANARY")) {
        break;
      }
    }
    return awaitRelease(releaseId, "HALTED");
  }

  JsonNode awaitRelease(String releaseId, String state) {
    return awaitState("/api/releases/" + releaseId, "/state", state);
  }

  /** Requests the gate, as a pipeline does. */
  Answer gate(String variantDigest) {
    return ada.get("/api/gates/" + name + "?variant=" + variantDigest);
  }

  /** Waits until the gate has received the event that closes it. */
  void awaitClosedGate(String variantDigest) {
    await().atMost(TIMEOUT).until(() -> gate(variantDigest).status() == 409);
  }

  void awaitOpenGate(String variantDigest) {
    await().atMost(TIMEOUT).until(() -> gate(variantDigest).status() == 200);
  }

  /** Returns a request to a model, which may be a variant or an application. */
  Map<String, Object> completion(String subject) {
    return Map.of(
        "model", subject, "messages", List.of(Map.of("role", "user", "content", text(0))));
  }

  /**
   * Returns a request of one of many people, who stays with one arm of a canary and gets no answer
   * from a cache.
   */
  Map<String, Object> completion(String subject, int person) {
    String text = text(LABELS.size() * person);
    return Map.of(
        "model",
        subject,
        "user",
        "person-" + person,
        "messages",
        List.of(Map.of("role", "user", "content", text)));
  }

  /** Returns the digest of the variant that answers for the application, once one does. */
  String awaitServing() {
    return await()
        .atMost(TIMEOUT)
        .until(
            () -> ada.post("/v1/chat/completions", completion("app/" + name)),
            answer -> answer.status() == 200)
        .header("x-plumbline-variant");
  }

  /** Opens fine-tuning by a waiver and returns the id of the waiver. */
  String waive() {
    String waiver =
        ada.post(
                "/api/applications/" + name + "/waivers",
                Map.of("phase", "FINE_TUNING", "reason", "Only to have a job to look at"))
            .expect(202)
            .text("/waiverId");
    approve(waiver);
    awaitState("/api/applications/" + name + "/waivers/" + waiver, "/state", "APPROVED");
    return waiver;
  }

  JsonNode awaitState(String path, String pointer, String state) {
    return awaitState(ada, path, pointer, state);
  }

  /** Waits until an object is in this state, or has failed, which no test expects. */
  static JsonNode awaitState(ApiUser reader, String path, String pointer, String state) {
    JsonNode found =
        reader.await(
            path + " to be " + state,
            TIMEOUT,
            path,
            each ->
                each.at(pointer).asString("").equals(state)
                    || each.at(pointer).asString("").equals("FAILED"));
    assertThat(found.at(pointer).asString()).as(found.toString()).isEqualTo(state);
    return found;
  }
}
