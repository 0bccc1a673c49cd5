package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The base of tests of the running service, which share one context and its neighbours. */
@PlumblineTest
public abstract class InferenceTest {

  static final Neighbours NEIGHBOURS = new Neighbours();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry settings) {
    String indexes = EmbeddedServers.temporaryFolder("plumbline-test-indexes").toString();
    String traces = EmbeddedServers.temporaryFolder("plumbline-test-traces").toString();
    settings.add("plumbline.indexes.directory", () -> indexes);
    settings.add("plumbline.indexes.pause", () -> "20ms");
    settings.add("plumbline.security.token-uri", () -> NEIGHBOURS.platformUrl() + "/token");
    settings.add("plumbline.security.client-secret", () -> "secret");
    settings.add("plumbline.services.prompt-registry.url", NEIGHBOURS::platformUrl);
    settings.add("plumbline.providers.allowed-networks", () -> "127.0.0.0/8");
    settings.add(
        "plumbline.providers.secret-keys", () -> "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    settings.add("plumbline.responses.keys", () -> "cmVzcG9uc2VzIGFyZSBzaWduZWQgYnkgdGhpcyBrZXk=");
    settings.add(
        "plumbline.api-keys.mac-keys", () -> "QVBJIGtleXMgYXJlIGhlbGQgYnkgdGhpcyB0ZXN0ISE=");
    settings.add("plumbline.api-keys.last-use", () -> "200ms");
    settings.add("plumbline.releases.arm-interval", () -> "300ms");
    settings.add("plumbline.traces.directory", () -> traces);
    settings.add("plumbline.traces.ship", () -> "300ms");
    settings.add("plumbline.usage.report", () -> "500ms");
    settings.add("plumbline.local-models.threads", () -> "2");
    settings.add("plumbline.sensitive-data.workspaces[0].id", Workspaces.ACME::toString);
    settings.add("plumbline.sensitive-data.workspaces[0].regions", () -> "DE, GB");
  }

  /** Connects a provider whose key is {@code sesame}. */
  static void connect(TestClient client, String provider, String url, String... models) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of(
                "name", provider, "kind", "openai-compatible", "baseUrl", url, "apiKey", "sesame"));
    if (models.length > 0) {
      body.put("models", List.of(models));
    }
    Answer added = client.as("root", Role.ADMIN).post("/api/providers", body);
    assertThat(added.status()).as(added.body()).isEqualTo(201);
  }

  /** Registers an application, as strategy would. */
  static void register(TestEventClient testEventClient, String application, TaskType task) {
    testEventClient.publish(
        new ApplicationRegistered(
            UUID.randomUUID(), application, "ada", "answer", Criticality.LOW, task, 10),
        application,
        1);
  }

  /** Repeats a command, as our clients do, while it refers to something that is not yet known. */
  static Answer settled(Callable<Answer> command) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(command, answer -> !answer.body().contains("not-yet-known"));
  }

  /** Creates a variant once its parts are known, and returns its digest. */
  static String createVariant(TestClient.TestCaller author, Map<String, Object> command) {
    Answer created = settled(() -> author.post("/api/variants", command));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return created.json().path("variantDigest").asString();
  }

  /**
   * Returns the command to create a variant.
   *
   * @param choices its fields beside the parts
   */
  static Map<String, Object> variantOf(
      String application, Digest prompt, String model, Map<String, ?> choices) {
    Map<String, Object> command = new HashMap<>(choices);
    command.put("application", application);
    command.put("name", "v");
    command.put("promptDigest", prompt.hex());
    command.put("model", model);
    return command;
  }

  /** Returns the code of an error in OpenAI's shape. */
  static String errorCode(Answer answer) {
    return answer.json().at("/error/code").asString();
  }

  /** Returns the chunks of a streamed answer, errors included. */
  static List<JsonNode> chunks(Answer stream) {
    return stream
        .body()
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> JsonMapper.shared().readTree(line.substring("data: ".length())))
        .toList();
  }

  /** Returns the trace of a call, once it is stored. */
  static JsonNode trace(TestClient.TestCaller reader, Answer call) {
    return traced(reader, call).path("trace");
  }

  /** Returns the trace of a call with its steps, once they are stored. */
  static JsonNode traced(TestClient.TestCaller reader, Answer call) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> reader.get("/api/traces/" + call.header("x-plumbline-trace")),
            found -> found.status() == 200)
        .json();
  }

  /** Returns the details of a trace's step, by name. */
  static Map<String, String> details(JsonNode step) {
    return step.path("details")
        .valueStream()
        .collect(
            Collectors.toMap(
                each -> each.path("name").asString(), each -> each.path("value").asString()));
  }

  static void awaitMetered(String model, long inputTokens, long outputTokens) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(metered(model)).containsExactly(inputTokens, outputTokens));
  }

  private static List<Long> metered(String model) {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0) FROM"
                    + " usage_minute WHERE model = ?")) {
      statement.setString(1, model);
      try (ResultSet sum = statement.executeQuery()) {
        sum.next();
        return List.of(sum.getLong(1), sum.getLong(2));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
