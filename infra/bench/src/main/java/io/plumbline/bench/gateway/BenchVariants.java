package io.plumbline.bench.gateway;

import io.plumbline.bench.load.Client;
import io.plumbline.bench.load.HttpConnection.Message;
import io.plumbline.bench.process.RunningPlatform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The objects that are called through {@code inference}: variants of a provider, and an API key for
 * them. Objects of an earlier run are used again.
 *
 * @param sampled a variant whose answers are never kept
 * @param cached a variant whose answers the exact cache keeps
 * @param streamed a variant of the provider that streams
 * @param checked a variant of the provider that streams, with a response format
 */
record BenchVariants(String key, String sampled, String cached, String streamed, String checked) {

  /** The administrator of the second workspace; the first workspace is the demo's. */
  private static final String ADMINISTRATOR = "gwen";

  private static final String OPERATOR = "gail";

  private static final String POLICY = "/api/trace-policy";
  private static final String APPLICATION = "bench-serving";
  private static final String FORMAT =
      "{\"type\":\"object\",\"properties\":{\"words\":{\"type\":\"string\"}},\"required\":[\"words\"],"
          + "\"additionalProperties\":false}";
  private static final Duration EVENT_TIMEOUT = Duration.ofSeconds(30);

  /**
   * Creates the providers, variants and the API key, and the application and prompts where they are
   * missing.
   *
   * @param port the port of inference
   */
  static BenchVariants create(RunningPlatform platform, int port, int constant, int streaming)
      throws IOException, InterruptedException {
    String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    try (Client strategy = new Client(platform.port("strategy"), platform.token());
        Client prompts = new Client(platform.port("prompt-registry"), platform.token());
        Client engineer = new Client(port, platform.token());
        Client administrator = new Client(port, platform.token(ADMINISTRATOR));
        Client operator = new Client(port, platform.token(OPERATOR))) {
      createApplication(strategy);
      createProvider(administrator, "constant-" + run, constant);
      createProvider(administrator, "streaming-" + run, streaming);
      String free = createPrompt(prompts, "bench-serving", "null");
      String formatted = createPrompt(prompts, "bench-formatted", FORMAT);
      List<String> variants =
          List.of(
              createVariant(engineer, free, "constant-" + run, 0.3),
              createVariant(engineer, free, "constant-" + run, 0),
              createVariant(engineer, free, "streaming-" + run, 0),
              createVariant(engineer, formatted, "streaming-" + run, 0));
      String models =
          variants.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(","));
      String key =
          operator
              .requestJson(
                  "POST",
                  "/api/api-keys",
                  "{\"name\":\"bench %s\",\"models\":[%s],\"expiresInDays\":1}"
                      .formatted(run, models))
              .path("key")
              .asString();
      return new BenchVariants(
          key, variants.get(0), variants.get(1), variants.get(2), variants.get(3));
    }
  }

  /** Returns the policy by which contents of calls are kept, as JSON. */
  static String readPolicy(RunningPlatform platform, int port)
      throws IOException, InterruptedException {
    try (Client administrator = new Client(port, platform.token(ADMINISTRATOR))) {
      return administrator.requestJson("GET", POLICY, "").toString();
    }
  }

  /** Returns the JSON of a policy by which contents are kept in this form, for thirty days. */
  static String policyJson(String contents) {
    return "{\"contents\":\"%s\",\"retentionDays\":30}".formatted(contents);
  }

  /**
   * Sets the policy by which contents of calls are kept.
   *
   * @param policy a result of {@link #readPolicy} or {@link #policyJson}
   */
  static void setPolicy(RunningPlatform platform, int port, String policy)
      throws IOException, InterruptedException {
    try (Client administrator = new Client(port, platform.token(ADMINISTRATOR))) {
      administrator.requestJson("PUT", POLICY, policy);
    }
  }

  private static void createApplication(Client strategy) throws IOException {
    if (isMissing(strategy, "/api/applications/" + APPLICATION)) {
      strategy.requestJson(
          "POST",
          "/api/applications",
          """
          {"name":"%s","purpose":"What `bench gateway` calls","owner":"bench","criticality":"LOW",
           "task":"GENERATION","monthlyVolume":1000000}\
          """
              .formatted(APPLICATION));
    }
  }

  private static void createProvider(Client administrator, String name, int upstream)
      throws IOException {
    administrator.requestJson(
        "POST",
        "/api/providers",
        """
        {"name":"%s","kind":"openai-compatible","baseUrl":"http://127.0.0.1:%d/v1","apiKey":"sk-none",
         "models":["constant"]}\
        """
            .formatted(name, upstream));
  }

  /**
   * Creates a prompt with one version, unless that was done, and returns the digest of the version.
   */
  private static String createPrompt(Client prompts, String name, String format)
      throws IOException {
    String path = "/api/prompts/" + name;
    if (isMissing(prompts, path)) {
      prompts.requestJson(
          "POST",
          "/api/prompts",
          "{\"name\":\"%s\",\"description\":\"What `bench gateway` calls\"}".formatted(name));
      prompts.requestJson(
          "POST",
          path + "/versions",
          """
          {"message":"For the benchmark",
           "messages":[{"role":"system","content":"Answer in one sentence."},
            {"type":"placeholder","name":"conversation"}],
           "variables":{"type":"object","properties":{}},"examples":[],"parameters":{},
           "responseFormat":%s}\
          """
              .formatted(format));
    }
    return prompts.requestJson("GET", path + "/versions/1", "").path("digest").asString();
  }

  private static boolean isMissing(Client client, String path) throws IOException {
    return client.call("GET", path, "").first().startsWith("HTTP/1.1 404");
  }

  /**
   * Creates a variant, and returns the name by which it is called. Its application and prompt reach
   * inference by events, which takes a moment.
   */
  private static String createVariant(
      Client engineer, String prompt, String provider, double temperature)
      throws IOException, InterruptedException {
    String request =
        """
        {"application":"%s","name":"bench","promptDigest":"%s","model":"%s/constant",
         "parameters":{"temperature":%s}}\
        """
            .formatted(APPLICATION, prompt, provider, temperature);
    long end = System.nanoTime() + EVENT_TIMEOUT.toNanos();
    Message answer = engineer.call("POST", "/api/variants", request);
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    while (body.contains("not-yet-known") && System.nanoTime() < end) {
      Thread.sleep(Duration.ofMillis(300));
      body =
          new String(
              engineer.call("POST", "/api/variants", request).body(), StandardCharsets.UTF_8);
    }
    JsonNode created = JsonMapper.shared().readTree(body);
    if (!created.has("variantDigest")) {
      throw new IOException(
          "inference did not create the variant of the provider " + provider + ": " + body);
    }
    return "variant/" + created.path("variantDigest").asString();
  }
}
