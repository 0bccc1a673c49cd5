package io.plumbline.bench.ingest;

import io.plumbline.bench.process.BenchFailed;
import io.plumbline.bench.process.RunningPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends a file of generated rows in parts through the gateway and makes it a version. Measures how
 * long each step takes, and how much memory dataset-registry holds meanwhile.
 */
public final class IngestBench implements AutoCloseable {

  private static final String SERVICE = "dataset-registry";
  private static final int ROWS_PER_PART = 32 * 1_024;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final RunningPlatform platform;
  private final HttpClient http = HttpClient.newHttpClient();
  private final GeneratedRows.Kind kind;
  private final String dataset;

  private IngestBench(RunningPlatform platform, GeneratedRows.Kind kind) {
    this.platform = platform;
    this.kind = kind;
    this.dataset = "bench-ingest-" + System.currentTimeMillis();
  }

  /**
   * Runs the benchmark.
   *
   * @param kind CLASSIFICATION, CHAT or DOCUMENTS
   * @param split whether the version is split as well
   */
  public static void run(int megabytes, String kind, boolean split)
      throws IOException, InterruptedException {
    try (IngestBench bench =
        new IngestBench(RunningPlatform.require(SERVICE, "gateway"), parseKind(kind))) {
      bench.measure(megabytes, split);
    }
  }

  private static GeneratedRows.Kind parseKind(String name) {
    for (GeneratedRows.Kind each : GeneratedRows.Kind.values()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    throw new BenchFailed("--kind is CLASSIFICATION, CHAT or DOCUMENTS, not " + name + ".");
  }

  private void measure(int megabytes, boolean split) throws IOException, InterruptedException {
    int rows = megabytes * (1 << 20) / GeneratedRows.ROW;
    System.out.printf(
        "%,d rows of %,d bytes, %s; %s runs with %s%n",
        rows,
        GeneratedRows.ROW,
        kind,
        SERVICE,
        platform.jvmFlags(SERVICE).stream()
            .filter(flag -> flag.startsWith("-Xmx"))
            .findFirst()
            .orElse("no limit of its heap"));
    register();
    try (PeakMemoryMonitor memory = new PeakMemoryMonitor(platform.pid(SERVICE))) {
      String version = measureStep("sent in parts, and checked", memory, () -> upload(rows));
      measureStep("read, scanned, measured and compared", memory, () -> awaitReady(version));
      if (split) {
        measureStep(
            "split, and checked for leakage", memory, () -> awaitReady(requestSplit(version)));
      }
    }
  }

  /** One step of the measurement. */
  @FunctionalInterface
  private interface Step {
    String run() throws IOException, InterruptedException;
  }

  /** Runs a step, prints its time and the memory, and returns what the step returns. */
  private static String measureStep(String what, PeakMemoryMonitor memory, Step step)
      throws IOException, InterruptedException {
    long from = System.nanoTime();
    String outcome = step.run();
    System.out.printf(
        "%-40s %8.1f s   %s%n", what, (System.nanoTime() - from) / 1e9, memory.line());
    return outcome;
  }

  private void register() throws IOException, InterruptedException {
    String columns =
        kind == GeneratedRows.Kind.CLASSIFICATION
            ? ",\"textColumn\":\"text\",\"labelColumn\":\"label\""
            : "";
    send(
        request("/api/datasets")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"name\":\"%s\",\"kind\":\"%s\",\"description\":\"\"%s}"
                        .formatted(dataset, kind, columns))),
        201);
  }

  /**
   * Uploads the rows in parts, and makes a version of them.
   *
   * @return the path of the version
   */
  private String upload(int rows) throws IOException, InterruptedException {
    String type =
        Base64.getEncoder()
            .encodeToString("application/x-ndjson".getBytes(StandardCharsets.US_ASCII));
    String upload =
        locationOf(
            send(
                request("/api/datasets/" + dataset + "/uploads")
                    .header("Upload-Length", Long.toString((long) rows * GeneratedRows.ROW))
                    .header("Upload-Metadata", "filetype " + type)
                    .POST(BodyPublishers.noBody()),
                201));
    GeneratedRows generated = new GeneratedRows(kind);
    for (int from = 0; from < rows; from += ROWS_PER_PART) {
      byte[] part = generated.nextLines(Math.min(ROWS_PER_PART, rows - from));
      send(
          request(upload)
              .header("Content-Type", "application/offset+octet-stream")
              .header("Upload-Offset", Long.toString((long) from * GeneratedRows.ROW))
              .method("PATCH", BodyPublishers.ofByteArray(part)),
          204);
    }
    return locationOf(send(request(upload + "/version").POST(BodyPublishers.noBody()), 202));
  }

  /** Requests a split of a version, and returns the path of the split. */
  private String requestSplit(String version) throws IOException, InterruptedException {
    Map<String, Object> recipe =
        Map.of("seed", 7, "subsets", Map.of("train", 0.8, "test", 0.2), "dropDuplicates", true);
    return locationOf(
        send(
            request(version + "/splits")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(recipe))),
            202));
  }

  /** Waits until the version or split at a path is ready, and returns the path. */
  private String awaitReady(String place) throws IOException, InterruptedException {
    while (true) {
      JsonNode found = JsonMapper.shared().readTree(send(request(place).GET(), 200).body());
      String state = found.path("state").asString();
      if (state.equals("READY")) {
        return place;
      }
      if (state.equals("FAILED")) {
        throw new BenchFailed(place + " has failed: " + found);
      }
      Thread.sleep(PAUSE);
    }
  }

  /**
   * Begins a request with a new token. A token is valid for five minutes, and a large file takes
   * longer.
   */
  private HttpRequest.Builder request(String path) throws IOException, InterruptedException {
    return HttpRequest.newBuilder(URI.create(platform.access().path("gateway").asString() + path))
        .header("Authorization", "Bearer " + platform.token());
  }

  private HttpResponse<String> send(HttpRequest.Builder request, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw new BenchFailed(
          answer.request().method()
              + " "
              + answer.uri()
              + " answered "
              + answer.statusCode()
              + " "
              + answer.body());
    }
    return answer;
  }

  private static String locationOf(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  @Override
  public void close() {
    http.close();
  }
}
