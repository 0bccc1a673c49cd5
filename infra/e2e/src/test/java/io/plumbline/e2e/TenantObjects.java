package io.plumbline.e2e;

import io.plumbline.demo.api.ApiUser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * An object of workspace acme for every place in a path where an id or a name stands. A place is a
 * route up to there, as {@code /api/datasets/{name}/versions/{number}}.
 */
final class TenantObjects implements AutoCloseable {

  private static final String ACME = "0190a000-0000-7000-8000-000000000001";
  private static final Duration EVENT_DELAY = Duration.ofSeconds(60);

  private final ApiUser ada = Platform.user("ada");
  private final ApiUser ben = Platform.user("ben");
  private final ApiUser cleo = Platform.user("cleo");
  private final String name = Platform.uniqueName("tenant");
  private final GovernedApplication application;
  private final Map<String, String> places = new TreeMap<>();
  private String variant = "";
  private String run = "";
  private String risk = "";
  private final Map<String, Long> deadLetters = new TreeMap<>();

  TenantObjects() {
    application = GovernedApplication.create(name);
    place("/applications/{name}", name);
    place("/applications/{name}/criteria/{version}", "1");
    place("/datasets/{name}", name);
    place("/datasets/{name}/versions/{number}", "1");
    place("/datasets/{name}/versions/{number}/rows/{itemId}", itemId(application.text(0)));
    place(
        "/datasets/{name}/versions/{number}/splits/{splitId}",
        ada.get("/api/datasets/" + name + "/versions/1/splits")
            .expect(200)
            .text("/items/0/splitId"));
    place("/datasets/{name}/draft/items/{draftItemId}", draftItem());
    place("/datasets/{name}/uploads/{uploadId}", Api.beginUpload(name, ada.token()));
    place("/suites/{suiteDigest}", application.suiteDigest());
    place("/prompts/{name}", name);
    keep("/v1/prompts/{name}", name);
    place("/prompts/{name}/versions/{version}", "1");
    place("/prompts/{name}/labels/{label}", "staging");
    place("/prompt-versions/{digest}", application.promptDigest());
    ada.put("/api/prompts/" + name + "/labels/staging", Map.of("version", 1)).expect(200);
    govern();
    connect();
    train();
    evaluate();
    keepDeadLetters();
  }

  /** Returns the value for a place, or an empty text when nothing was made for it. */
  String value(String place) {
    return places.getOrDefault(place, "");
  }

  /**
   * Returns the values that nobody but acme can know. Shorter values are numbers, which mean
   * nothing.
   */
  List<String> secrets() {
    return places.values().stream()
        .filter(value -> value.length() > 8 && !value.equals(risk))
        .distinct()
        .toList();
  }

  /** Returns the query that a route requires, as the part of the URL after the path. */
  String query(String route) {
    return switch (route) {
      case "/api/gates/{application}" -> "?variant=" + variant;
      case "/api/prompts/{name}/diff" -> "?from=1&to=1";
      case "/api/prompts/{name}/resolve" -> "?label=staging";
      case "/v1/prompts/{name}" -> "?label=staging";
      case "/api/comparisons/{comparisonId}/items" -> "?runId=" + run;
      case "/api/suites/{suiteDigest}/attempts" -> "?plannedVerdicts=5";
      case "/api/datasets/{name}/versions/{number}/stale-questions" -> "?documents=" + name + "/1";
      case "/api/indexes/{indexId}/search" -> "?query=parcel";
      default -> "";
    };
  }

  private void place(String place, String value) {
    keep("/api" + place, value);
  }

  private void keep(String place, String value) {
    places.put(place, value);
  }

  private String draftItem() {
    return ada.post(
            "/api/datasets/" + name + "/draft/items",
            Map.of(
                "messages",
                List.of(Map.of("role", "user", "content", "Collected " + name)),
                "expected",
                Map.of("label", GovernedApplication.LABELS.getFirst()),
                "source",
                Map.of("kind", "PLAYGROUND")))
        .expect(200)
        .text("/draftItemId");
  }

  /** Returns the first 16 digits of the SHA-256 of its text. */
  private static String itemId(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void govern() {
    ada.post(
            "/api/applications/" + name + "/assessments",
            Map.of(
                "dataAvailability",
                "LIMITED",
                "specificity",
                "GENERAL",
                "performanceTarget",
                "MODERATE",
                "resources",
                "LIMITED"))
        .expect(201);
    place("/applications/{name}/waivers/{waiverId}", application.waive());
    place(
        "/approvals/{approvalId}",
        ben.get("/api/approvals?limit=1").expect(200).text("/items/0/approvalId"));
    place(
        "/cost-models/{costModelId}",
        ada.post("/api/cost-models", Map.of("profile", "SMALL")).expect(201).text("/costModelId"));
    JsonNode entry =
        ada.await(
                "the entry of the application",
                EVENT_DELAY,
                "/api/audit?type=application.registered&object=" + name,
                list -> !list.at("/items").isEmpty())
            .at("/items/0");
    place("/audit/{index}", entry.at("/index").asString());
    place("/ledger/entries/{index}", entry.at("/index").asString());
    place("/people/{actor}", entry.at("/actor").asString());
    Platform.activatePolicy(name, "true");
    place("/policies/{name}", name);
    place(
        "/policy-proposals/{proposalId}",
        cleo.get("/api/policy-proposals?limit=1").expect(200).text("/items/0/proposalId"));
    place(
        "/workspaces/{workspaceId}",
        Platform.user("root").items("/api/workspaces").stream()
            .filter(each -> each.at("/operator").asBoolean())
            .map(each -> each.at("/workspaceId").asString())
            .findFirst()
            .orElseThrow());
    risk = cleo.get("/api/risks").expect(200).text("/items/0/name");
    place("/risks/{name}", risk);
    Api.send("PATCH", "/api/risks/" + risk, cleo.token(), "{\"mitigation\":\"" + name + "\"}");
  }

  private void connect() {
    Platform.listModel(name + "/model", "1.00");
    place("/base-models/{provider}", name);
    place("/base-models/{provider}/{model}", "model");
    place(
        "/price-proposals/{proposalId}",
        ada.get("/api/price-proposals?limit=1&model=" + name + "/model")
            .expect(200)
            .text("/items/0/proposalId"));
    place(
        "/tuning-statements/{statementId}",
        ada.post(
                "/api/tuning-statements",
                Map.of("model", name + "/model", "reason", "Tuned on the mails of " + name))
            .expect(201)
            .text("/statementId"));
    String index =
        ada.post(
                "/api/indexes",
                Map.of(
                    "name",
                    name,
                    "splitDigest",
                    application.splitDigest(),
                    "subset",
                    "train",
                    "encoder",
                    "local/bge-small-en-v1.5",
                    "maxTokens",
                    64))
            .expect(202)
            .text("/indexId");
    place("/indexes/{indexId}", index);
    String digest =
        ada.awaitState(GovernedApplication.TIMEOUT, "/api/indexes/" + index, "/state", "READY")
            .at("/indexDigest")
            .asString();
    ada.await("its lineage", EVENT_DELAY, "/api/lineage/" + digest, found -> true);
    place("/lineage/{nodeId}", digest);
    place(
        "/api-keys/{apiKeyId}",
        Platform.createKey(name, "applications", List.of(name)).text("/apiKey/apiKeyId"));
  }

  private void train() {
    Map<String, Object> grid =
        Map.of(
            "application",
            name,
            "baseModel",
            "local/choice-bge-small",
            "splitDigest",
            application.splitDigest(),
            "method",
            "HEAD",
            "seed",
            7,
            "hyperparameters",
            Map.of("batchSize", 32, "maxTokens", 64),
            "maxTrials",
            1,
            "grid",
            Map.of("epochs", List.of(2)));
    // A service that another test has killed receives no event until Kafka has given up its
    // former process, after 45 seconds.
    String sweep = ada.postRetryingUntilKnown("/api/sweeps", grid).expect(202).text("/sweepId");
    place("/sweeps/{sweepId}", sweep);
    String job =
        ada.awaitState(GovernedApplication.TIMEOUT, "/api/sweeps/" + sweep, "/state", "SUCCEEDED")
            .at("/bestJobId")
            .asString();
    place("/training-jobs/{jobId}", job);
    ada.post("/api/models", ResourceKind.MODEL.body(name)).expect(201);
    ada.post("/api/models/" + name + "/versions", Map.of("jobId", job)).expect(201);
    ada.put("/api/models/" + name + "/aliases/trial", Map.of("version", 1)).expect(200);
    place("/models/{name}", name);
    place("/models/{name}/versions/{version}", "1");
    place("/models/{name}/aliases/{alias}", "trial");
  }

  /**
   * Makes two releases, one of them a canary, of a provider that is gone when the test requests it.
   */
  private void evaluate() {
    try (ScriptedProvider provider = new ScriptedProvider()) {
      provider.connect(name);
      place("/providers/{name}", name);
      keep("/v1/models/{model}", name + "/m");
      String first = application.variant(name + "/m", 1);
      String second = application.variant(name + "/m", 2);
      variant = second;
      place("/variants/{variantDigest}", second);
      place("/traces/{traceId}", trace("variant/" + second));
      String verdict = application.pass(first);
      String baseline = ada.get("/api/verdicts/" + verdict).expect(200).text("/runId");
      ada.post("/api/baselines", Map.of("application", name, "runId", baseline)).expect(201);
      application.release(first, verdict, 0, "ACTIVE");
      String canaryVerdict = application.pass(second);
      place("/verdicts/{verdictId}", canaryVerdict);
      String canary = application.release(second, canaryVerdict, 50, "CANARY");
      place("/releases/{releaseId}", canary);
      place("/guards/{releaseId}", canary);
      ada.await("the guard", EVENT_DELAY, "/api/guards/" + canary, guard -> true);
      place("/gates/{application}", name);
      compare(baseline, canaryVerdict);
    }
  }

  /** Returns the trace of a call, which the store has a moment later. */
  private String trace(String model) {
    String trace = application.call(model).expect(200).header("x-plumbline-trace");
    ada.await("the trace", EVENT_DELAY, "/api/traces/" + trace, found -> true);
    return trace;
  }

  private void compare(String baseline, String verdict) {
    run = ada.get("/api/verdicts/" + verdict).expect(200).text("/runId");
    place("/runs/{runId}", run);
    place("/runs/{runId}/items/{ordinal}", "0");
    place(
        "/comparisons/{comparisonId}",
        ada.post(
                "/api/comparisons",
                Map.of(
                    "application",
                    name,
                    "baselineRunId",
                    baseline,
                    "runIds",
                    List.of(run),
                    "seed",
                    7))
            .expect(201)
            .text("/comparisonId"));
    // Without this step the suite's items could not be read by their owner either.
    ada.post(
            "/api/suites/" + application.suiteDigest() + "/open",
            Map.of("reason", "Another workspace is to be refused what can be read"))
        .expect(200);
  }

  /**
   * Puts dead letters into the databases, and takes them out again in the end. The API creates
   * none, and a message that becomes one is in the ledger permanently.
   */
  private void keepDeadLetters() {
    for (String service : Api.SERVICES) {
      try (ServiceDatabase database = ServiceDatabase.asSuperuser(service)) {
        long id =
            database.number(
                "INSERT INTO dead_letter (workspace_id, source, event_id, type, key, topic,"
                    + " \"partition\", \"offset\", headers, value, cause, refused) VALUES ('"
                    + ACME
                    + "', '/nobody', gen_random_uuid(), 't', 'k', 'nowhere', 0, "
                    + System.nanoTime()
                    + ", '{}', '\\x7b7d', 'made by a test', true) RETURNING id");
        deadLetters.put(service, id);
        place("/services/" + service + "/dead-letters/{deadLetterId}", Long.toString(id));
      }
    }
  }

  @Override
  public void close() {
    deadLetters.forEach((service, id) -> {
      try (ServiceDatabase database = ServiceDatabase.asSuperuser(service)) {
        database.run("DELETE FROM dead_letter WHERE id = " + id);
      }
    });
  }
}
