package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.api.ApiUser;
import io.plumbline.demo.step.Prompts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The three kinds of long work: the ingest of a dataset, the evaluation of a variant, the training
 * of a head.
 */
public final class LongWork {

  private static final String MODEL = "local/choice-bge-small";
  private static final int ROWS = 3_000;
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final List<String> LABELS = List.of("billing", "technical", "delivery");
  private static final List<List<String>> WORDS =
      List.of(
          List.of(
              "invoice",
              "refund",
              "charged",
              "card",
              "payment",
              "price",
              "receipt",
              "subscription"),
          List.of("error", "crash", "login", "screen", "update", "install", "password", "freezes"),
          List.of(
              "parcel", "courier", "late", "tracking", "box", "address", "arrived", "shipment"));
  private static final List<String> COMMON =
      List.of(
          "hello",
          "please",
          "customer",
          "since",
          "monday",
          "still",
          "waiting",
          "again",
          "thanks",
          "question",
          "order",
          "yesterday",
          "help",
          "account");

  private final ApiUser ada = Platform.user("ada");
  private final ApiUser ben = Platform.user("ben");
  private final ApiUser cleo = Platform.user("cleo");
  private final String name;
  private String split = "";
  private int items;
  private String run = "";
  private String job = "";

  public LongWork(String name) {
    this.name = name;
  }

  public void startIngest() {
    ada.post("/api/applications", ResourceKind.APPLICATION.body(name)).expect(201);
    ada.post("/api/datasets", dataset(name, LABELS)).expect(201);
    ada.upload(versions(), rows().getBytes(StandardCharsets.UTF_8), "application/x-ndjson")
        .expect(202);
  }

  public void awaitIngest() {
    JsonNode version = ended(versions() + "/1");
    assertThat(version.at("/state").asString()).as(version.toString()).isEqualTo("READY");
    assertThat(version.at("/rows").asInt()).isEqualTo(ROWS);
    assertThat(entries("dataset.version-published", name + "/versions/1")).isEqualTo(1);
  }

  public void startRun() {
    ada.post(
            versions() + "/1/splits",
            Map.of(
                "seed",
                7,
                "stratify",
                true,
                "dropDuplicates",
                true,
                "subsets",
                Map.of("train", 0.6, "validation", 0.2, "test", 0.2)))
        .expect(202);
    split =
        ada.await(
                "the split",
                TIMEOUT,
                versions() + "/1/splits",
                list -> list.at("/items/0/state").asString().equals("READY"))
            .at("/items/0/splitDigest")
            .asString();
    ada.post(versions() + "/1/admission", Map.of("purposes", List.of("TRAIN", "EVALUATE")))
        .expect(200);
    ada.post("/api/prompts", Map.of("name", name)).expect(201);
    String prompt =
        ada.post(
                "/api/prompts/" + name + "/versions",
                Map.of(
                    "message", "first",
                    "messages",
                        List.of(
                            Map.of("role", "system", "content", "What is this message about?"),
                            Map.of("role", "user", "content", "{{text}}")),
                    "variables",
                        Map.of(
                            "type",
                            "object",
                            "required",
                            List.of("text"),
                            "properties",
                            Map.of("text", Map.of("type", "string"))),
                    "responseFormat", choice(LABELS)))
            .expect(201)
            .text("/digest");
    String variant =
        ada.post(
                "/api/variants",
                Map.of(
                    "application",
                    name,
                    "name",
                    "first",
                    "promptDigest",
                    prompt,
                    "model",
                    MODEL,
                    "parameters",
                    Map.of()))
            .expect(201)
            .text("/variantDigest");
    JsonNode suite =
        ada.post(
                "/api/suites",
                Map.of(
                    "name",
                    name,
                    "splitDigest",
                    split,
                    "subset",
                    "validation",
                    "scorers",
                    List.of(Map.of("type", "exact")),
                    "seed",
                    7))
            .expect(201)
            .json();
    items = suite.at("/items").asInt();
    run =
        ada.post(
                "/api/runs",
                Map.of(
                    "application",
                    name,
                    "suiteDigest",
                    suite.at("/suiteDigest").asString(),
                    "variantDigest",
                    variant,
                    "component",
                    "base",
                    "seed",
                    7))
            .expect(202)
            .text("/runId");
    ada.await(
        "the first answers",
        TIMEOUT,
        "/api/runs/" + run,
        each -> each.at("/progress").asDouble() > 0);
  }

  public void awaitRun() {
    JsonNode finished = ended("/api/runs/" + run);
    assertThat(finished.at("/state").asString()).as(finished.toString()).isEqualTo("FINISHED");
    assertThat(finished.at("/items").asInt()).isEqualTo(items);
    assertThat(finished.at("/failedItems").asInt()).isZero();
    assertThat(entries("run.finished", run)).isEqualTo(1);
  }

  public void startTraining() {
    String waiver =
        ada.post(
                "/api/applications/" + name + "/waivers",
                Map.of("phase", "FINE_TUNING", "reason", "To see whether training survives"))
            .expect(202)
            .text("/waiverId");
    JsonNode pending =
        ben.await(
            "the request",
            TIMEOUT,
            "/api/approvals?state=PENDING&limit=100",
            list -> !approval(list, waiver).isEmpty());
    ben.post(
            "/api/approvals/" + approval(pending, waiver) + "/decisions",
            Map.of("decision", "APPROVED", "reason", "A bounded trial"))
        .expect(200);
    ada.await(
        "fine-tuning to open",
        TIMEOUT,
        "/api/applications/" + name + "/phases",
        list ->
            list.at("/items")
                .valueStream()
                .anyMatch(phase ->
                    phase.at("/phase").asString().equals("FINE_TUNING")
                        && phase.at("/state").asString().equals("WAIVED")));
    job =
        ada.post(
                "/api/training-jobs",
                Map.of(
                    "application",
                    name,
                    "baseModel",
                    MODEL,
                    "splitDigest",
                    split,
                    "method",
                    "HEAD",
                    "seed",
                    7,
                    "hyperparameters",
                    Map.of("epochs", 30, "batchSize", 32, "maxTokens", 64, "learningRate", 0.01)))
            .expect(202)
            .text("/jobId");
    ada.await(
        "the trainer to start",
        TIMEOUT,
        "/api/training-jobs/" + job,
        each -> each.at("/embedded").asInt() > 0);
  }

  public void awaitTraining() {
    JsonNode finished = ended("/api/training-jobs/" + job);
    assertThat(finished.at("/state").asString()).as(finished.toString()).isEqualTo("SUCCEEDED");
    assertThat(finished.at("/attempt").asInt()).isGreaterThan(1);
    assertThat(entries("job.finished", job)).isEqualTo(1);
  }

  private String versions() {
    return "/api/datasets/" + name + "/versions";
  }

  private JsonNode ended(String path) {
    Predicate<JsonNode> ended =
        each ->
            List.of("READY", "FINISHED", "SUCCEEDED", "FAILED", "CANCELLED")
                .contains(each.at("/state").asString());
    return ada.await("the end of " + path, TIMEOUT, path, ended);
  }

  private long entries(String type, String object) {
    return cleo.await(
            "the entry of " + type,
            Duration.ofSeconds(30),
            "/api/audit?type=" + type + "&object=" + object,
            list -> !list.at("/items").isEmpty())
        .at("/items")
        .size();
  }

  /**
   * Returns the id of the approval that belongs to a request, or nothing while it has not arrived.
   */
  static String approval(JsonNode list, String requestId) {
    return list.at("/items")
        .valueStream()
        .filter(each -> each.at("/requestId").asString().equals(requestId))
        .map(each -> each.at("/approvalId").asString())
        .findFirst()
        .orElse("");
  }

  /** Returns a dataset of generated texts, each with a label. */
  static Map<String, Object> dataset(String name, List<String> labels) {
    return Map.of(
        "name",
        name,
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

  /** Returns the response format of an answer that is one of the labels. */
  public static JsonNode choice(List<String> labels) {
    ObjectNode properties = JsonMapper.shared().createObjectNode();
    ArrayNode choices = properties.putObject("label").put("type", "string").putArray("enum");
    labels.forEach(choices::add);
    return Prompts.responseFormat("topic", properties.toString());
  }

  /** Returns messages of random words, a third of each label. */
  private static String rows() {
    Random random = new Random(7);
    return IntStream.range(0, ROWS)
        .mapToObj(i -> {
          List<String> own = WORDS.get(i % LABELS.size());
          String text =
              IntStream.range(0, 24)
                  .mapToObj(word ->
                      random.nextInt(3) == 0
                          ? own.get(random.nextInt(own.size()))
                          : COMMON.get(random.nextInt(COMMON.size())))
                  .collect(Collectors.joining(" "));
          return "{\"text\":\"" + text + "\",\"label\":\"" + LABELS.get(i % LABELS.size()) + "\"}";
        })
        .collect(Collectors.joining("\n"));
  }
}
