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
   * @param kind CLASSIFICATION, CHAT or DOCUMENTS
   * @param split whether the version is split as well
   */
  public static void run(int megabytes, String kind, boolean split)
      throws IOException, InterruptedException {
    try (IngestBench bench =
        new IngestBench(RunningPlatform.require(SERVICE, "gateway"), kind(kind))) {
      bench.measure(megabytes, split);
    }
  }

  private static GeneratedRows.Kind kind(String name) {
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
        platform.jvm(SERVICE).stream()
            .filter(flag -> flag.startsWith("-Xmx"))
            .findFirst()
            .orElse("no limit of its heap"));
    register();
    try (ProcessMemory memory = new ProcessMemory(platform.pid(SERVICE))) {
      String version = step("sent in parts, and checked", memory, () -> upload(rows));
      step("read, scanned, measured and compared", memory, () -> await(version));
      if (split) {
        step("split, and checked for leakage", memory, () -> await(split(version)));
      }
    }
  }

  /** One step of the measurement. */
  @FunctionalInterface
  private interface Step {
    String run() throws IOException, InterruptedException;
  }

  private static String step(String what, ProcessMemory memory, Step step)
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
   * @return the path of the version
   */
  private String upload(int rows) throws IOException, InterruptedException {
    String type =
        Base64.getEncoder()
            .encodeToString("application/x-ndjson".getBytes(StandardCharsets.US_ASCII));
    String upload =
        location(
            send(
                request("/api/datasets/" + dataset + "/uploads")
                    .header("Upload-Length", Long.toString((long) rows * GeneratedRows.ROW))
                    .header("Upload-Metadata", "filetype " + type)
                    .POST(BodyPublishers.noBody()),
                201));
    GeneratedRows generated = new GeneratedRows(kind);
    for (int from = 0; from < rows; from += ROWS_PER_PART) {
      byte[] part = generated.next(Math.min(ROWS_PER_PART, rows - from));
      send(
          request(upload)
              .header("Content-Type", "application/offset+octet-stream")
              .header("Upload-Offset", Long.toString((long) from * GeneratedRows.ROW))
              .method("PATCH", BodyPublishers.ofByteArray(part)),
          204);
    }
    return location(send(request(upload + "/version").POST(BodyPublishers.noBody()), 202));
  }

  private String split(String version) throws IOException, InterruptedException {
    Map<String, Object> recipe =
        Map.of("seed", 7, "subsets", Map.of("train", 0.8, "test", 0.2), "dropDuplicates", true);
    return location(
        send(
            request(version + "/splits")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(recipe))),
            202));
  }

  private String await(String place) throws IOException, InterruptedException {
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

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  @Override
  public void close() {
    http.close();
  }
}
