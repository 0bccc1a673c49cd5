package io.plumbline.demo.driver;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.ApiUser;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * An application in the hands of two people: ada builds it and requests its releases, and ben
 * approves what she requests.
 */
public class ApplicationDriver {

  /** The time within which an event reaches every service, also one that was killed just before. */
  protected static final Duration ARRIVAL = Duration.ofMinutes(2);

  private static final int SEED = 7;

  protected final ApiUser ada;
  protected final ApiUser ben;
  private final String name;

  public ApplicationDriver(String name, ApiUser ada, ApiUser ben) {
    this.name = name;
    this.ada = ada;
    this.ben = ben;
  }

  public String name() {
    return name;
  }

  /**
   * Publishes a suite, once evaluation has received the admission of its dataset.
   *
   * @param more further fields of the request
   */
  public ApiResponse publishSuite(
      String suite,
      String splitDigest,
      String subset,
      List<? extends Map<String, ?>> scorers,
      Map<String, ?> more) {
    return ada.postRetryingUntilKnown(
        "/api/suites",
        RequestBody.merge(
            Map.of(
                "name",
                suite,
                "splitDigest",
                splitDigest,
                "subset",
                subset,
                "scorers",
                scorers,
                "seed",
                SEED),
            more));
  }

  /** Registers criteria over a suite, with two variants to be tried in each phase. */
  public ApiResponse registerCriteria(
      String suiteDigest, int plannedVerdicts, List<Map<String, Object>> criteria) {
    return ada.post(
        "/api/applications/" + name + "/criteria",
        Map.of(
            "suiteDigest",
            suiteDigest,
            "plannedVerdicts",
            plannedVerdicts,
            "candidatesPerPhase",
            2,
            "criteria",
            criteria));
  }

  /** Returns one criterion, as the request that registers criteria has it. */
  public static Map<String, Object> criterion(
      String metric,
      String kind,
      String direction,
      double threshold,
      double alternative,
      double margin,
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
        margin,
        "sampleSize",
        sampleSize);
  }

  /**
   * Creates a variant, and returns its digest.
   *
   * @param more further fields of the request
   */
  public String createVariant(
      String variant, String promptDigest, String model, Map<String, ?> more) {
    return ada.post(
            "/api/variants",
            RequestBody.merge(
                Map.of(
                    "application",
                    name,
                    "name",
                    variant,
                    "promptDigest",
                    promptDigest,
                    "model",
                    model),
                more))
        .expect(201)
        .text("/variantDigest");
  }

  /**
   * Starts a run of a suite over a variant, once evaluation has received the criteria.
   *
   * @param more further fields of the request
   */
  public ApiResponse startRun(String suiteDigest, String variantDigest, Map<String, ?> more) {
    return ada.postRetryingUntilKnown(
        "/api/runs",
        RequestBody.merge(
            Map.of(
                "application",
                name,
                "suiteDigest",
                suiteDigest,
                "variantDigest",
                variantDigest,
                "seed",
                SEED),
            more));
  }

  /**
   * Waits until a run is finished, and returns it.
   *
   * @param progress receives the run again and again meanwhile
   */
  public JsonNode awaitRun(String runId, Duration atMost, Consumer<JsonNode> progress) {
    return ada.awaitState(atMost, "/api/runs/" + runId, "/state", "FINISHED", progress);
  }

  public ApiResponse requestVerdict(String kind, String runId, String criteriaDigest) {
    return ada.post(
        "/api/verdicts",
        Map.of(
            "application", name, "kind", kind, "runId", runId, "criteriaDigest", criteriaDigest));
  }

  /**
   * Requests a release to production.
   *
   * @param more further fields of the request, which may name another environment
   */
  public ApiResponse requestRelease(String variantDigest, Map<String, ?> more) {
    return ada.post(
        "/api/releases",
        RequestBody.merge(
            Map.of(
                "application", name, "environment", "production", "variantDigest", variantDigest),
            more));
  }

  public JsonNode awaitRelease(String releaseId, String state) {
    return ada.awaitState(ARRIVAL, "/api/releases/" + releaseId, "/state", state);
  }

  /** Requests that fine-tuning opens without evidence. */
  public ApiResponse requestWaiver(String reason) {
    return ada.post(
        "/api/applications/" + name + "/waivers", Map.of("phase", "FINE_TUNING", "reason", reason));
  }

  /** Returns the approval that belongs to a request, once it is in the inbox of the approver. */
  public JsonNode awaitApproval(String requestId) {
    return ben.awaitItem(
        "the request in the inbox",
        ARRIVAL,
        "/api/approvals?limit=100",
        each -> each.at("/requestId").asString("").equals(requestId));
  }

  /** Approves exactly what was shown: an approval is bound to the digest. */
  public static ApiResponse approve(ApiUser user, JsonNode approval, String reason) {
    String path = "/api/approvals/" + approval.at("/approvalId").asString();
    String digest = user.get(path).expect(200).text("/subjectDigest");
    return user.post(
        path + "/decisions",
        Map.of("decision", "APPROVED", "reason", reason, "subjectDigest", digest));
  }

  /**
   * Approves the prices that another person proposed for a model, if any wait, and returns when
   * they are in force.
   */
  public static void approvePrices(ApiUser approver, String model) {
    String proposals =
        "/api/price-proposals?state=REQUESTED&model="
            + URLEncoder.encode(model, StandardCharsets.UTF_8);
    for (JsonNode proposal : approver.items(proposals)) {
      String requestId = proposal.at("/proposalId").asString();
      JsonNode approval =
          approver.awaitItem(
              "the prices in the inbox",
              ARRIVAL,
              "/api/approvals?limit=100",
              each -> each.at("/requestId").asString("").equals(requestId));
      approve(approver, approval, "These are the provider's prices").expect(200);
      approver.await(
          "the prices to be in force",
          ARRIVAL,
          proposals,
          page ->
              page.at("/items")
                  .valueStream()
                  .noneMatch(each -> each.at("/proposalId").asString().equals(requestId)));
    }
  }

  /** Sends a text to the application. */
  public ApiResponse ask(String text) {
    return ask(ada, "app/" + name, text);
  }

  /** Sends a text to a model, a variant or an application. */
  public static ApiResponse ask(ApiUser user, String model, String text) {
    return user.post("/v1/chat/completions", chatRequest(model, text));
  }

  /** Returns the request that sends a text to a model, a variant or an application. */
  public static Map<String, Object> chatRequest(String model, String text) {
    return Map.of("model", model, "messages", List.of(Map.of("role", "user", "content", text)));
  }

  /** Sends a text to the application for one of its callers, who stays with one arm of a canary. */
  public ApiResponse askAs(ApiUser user, String caller, String text) {
    return user.post(
        "/v1/chat/completions",
        RequestBody.merge(Map.of("user", caller), chatRequest("app/" + name, text)));
  }

  /** Sends feedback on an answer. */
  public static void giveFeedback(ApiUser user, ApiResponse apiResponse, boolean correct) {
    user.post("/api/feedback", Map.of("responseId", apiResponse.text("/id"), "correct", correct))
        .expect(200);
  }
}
