package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.ApiUser;
import io.plumbline.demo.driver.DatasetDriver;
import io.plumbline.demo.driver.PromptDriver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

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
  private final ApiUser cleo = Platform.user("cleo");
  private final String name;
  private final GovernedApplication application;
  private final DatasetDriver dataset;
  private String split = "";
  private int items;
  private String run = "";
  private String job = "";

  public LongWork(String name) {
    this.name = name;
    this.application = new GovernedApplication(name);
    this.dataset = new DatasetDriver(ada, name);
  }

  public void startIngest() {
    ada.post("/api/applications", ResourceKind.APPLICATION.body(name)).expect(201);
    dataset.register(GovernedApplication.labelled(LABELS));
    dataset.upload(rows().getBytes(StandardCharsets.UTF_8), DatasetDriver.JSON_LINES);
  }

  public void awaitIngest() {
    assertThat(dataset.awaitVersion(1, TIMEOUT).at("/rows").asInt()).isEqualTo(ROWS);
    assertThat(entries("dataset.version-published", name + "/versions/1")).isEqualTo(1);
  }

  public void startRun() {
    dataset.split(
        1,
        Map.of(
            "seed",
            7,
            "stratify",
            true,
            "dropDuplicates",
            true,
            "subsets",
            Map.of("train", 0.6, "validation", 0.2, "test", 0.2)));
    split = dataset.awaitSplit(1, TIMEOUT).at("/splitDigest").asString();
    dataset.admit(1, List.of("TRAIN", "EVALUATE")).expect(200);
    String prompt =
        new PromptDriver(ada, name)
            .createWith(
                PromptDriver.labelingVersion(
                    "What is this message about?", PromptDriver.labelFormat("topic", LABELS)));
    String variant = application.createVariant("first", prompt, MODEL, Map.of());
    ApiResponse suite =
        application
            .publishSuite(name, split, "validation", List.of(Map.of("type", "exact")), Map.of())
            .expect(201);
    items = suite.json().at("/items").asInt();
    run =
        application
            .startRun(suite.text("/suiteDigest"), variant, Map.of("component", "base"))
            .expect(202)
            .text("/runId");
    ada.await(
        "the first answers",
        TIMEOUT,
        "/api/runs/" + run,
        each -> each.at("/progress").asDouble() > 0);
  }

  public void awaitRun() {
    JsonNode finished = application.awaitRun(run, TIMEOUT, each -> {});
    assertThat(finished.at("/items").asInt()).isEqualTo(items);
    assertThat(finished.at("/failedItems").asInt()).isZero();
    assertThat(entries("run.finished", run)).isEqualTo(1);
  }

  public void startTraining() {
    application.waive();
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
    JsonNode finished = ada.awaitState(TIMEOUT, "/api/training-jobs/" + job, "/state", "SUCCEEDED");
    assertThat(finished.at("/attempt").asInt()).isGreaterThan(1);
    assertThat(entries("job.finished", job)).isEqualTo(1);
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
