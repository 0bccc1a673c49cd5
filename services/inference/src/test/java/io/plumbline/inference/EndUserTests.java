package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TaskType;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Follows calls that name a user and a session to their traces and to the search. */
class EndUserTests extends InferenceTest {

  private static final String CHAT =
      """
      {"messages":[{"type":"placeholder","name":"conversation"}],
       "variables":{"type":"object","properties":{}},"examples":[],"parameters":{}}
      """;

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String provider = "u" + suffix;
  private final String jane = "jane.doe+" + suffix + "@example.com";
  private TestClient.TestCaller vera;

  @BeforeEach
  void connect() {
    vera = client.as("vera", Role.PROMPT_ENGINEER);
    connect(client, provider, NEIGHBOURS.url() + "/v1", "m", "other");
  }

  @Test
  void a_call_of_a_variant_keeps_its_user_hashed_and_its_session_and_lists_neither() {
    String variant = variant();
    Map<String, Object> call =
        Map.of("user", jane, "metadata", Map.of("session_id", "chat-" + suffix));

    Answer answer = call("variant/" + variant, call);

    assertThat(answer.header("x-plumbline-ignored")).isEmpty();
    JsonNode trace = trace(vera, answer);
    assertThat(trace.path("userHash").asString()).matches("[0-9a-f]{32}");
    assertThat(trace.path("sessionId").asString()).isEqualTo("chat-" + suffix);
    JsonNode sent = NEIGHBOURS.received(jane);
    assertThat(sent.path("user").asString()).isEqualTo(jane);
    assertThat(sent.has("metadata")).isFalse();
    Answer more =
        call(
            "variant/" + variant,
            Map.of("metadata", Map.of("session_id", "chat-" + suffix, "team", "mail")));
    assertThat(more.header("x-plumbline-ignored")).isEqualTo("metadata");
    assertThat(trace(vera, more).path("sessionId").asString()).isEqualTo("chat-" + suffix);
  }

  @Test
  void traces_are_found_by_user_session_and_model_and_by_no_other_workspace() throws Exception {
    Map<String, Object> metadata = Map.of("session", "about " + jane);
    Answer first = call(provider + "/m", Map.of("user", jane, "metadata", metadata));
    Answer second = call(provider + "/other", Map.of("safety_identifier", jane));
    Answer stream =
        call(provider + "/m", Map.of("user", "kim", "stream", true, "metadata", metadata));
    Answer nobody = call(provider + "/m", Map.of());

    JsonNode trace = trace(vera, first);
    String hash = trace.path("userHash").asString();
    String session = trace.path("sessionId").asString();
    assertThat(session).matches("about <EMAIL>~[0-9a-f]{8}");
    assertThat(trace(vera, second).path("userHash").asString()).isEqualTo(hash);
    assertThat(trace(vera, stream).path("sessionId").asString()).isEqualTo(session);
    assertThat(trace(vera, nobody).path("userHash").isNull()).isTrue();
    assertThat(trace(vera, nobody).path("sessionId").isNull()).isTrue();
    assertThat(found("user=" + encoded(jane))).containsExactly(id(second), id(first));
    assertThat(found("user=" + hash)).containsExactly(id(second), id(first));
    assertThat(found("user=" + hash + "&model=" + encoded(provider + "/other")))
        .containsExactly(id(second));
    assertThat(found("session=" + encoded("about " + jane))).containsExactly(id(stream), id(first));
    assertThat(found("session=" + encoded(session))).containsExactly(id(stream), id(first));
    assertThat(found("model=" + encoded(provider + "/m")))
        .containsExactly(id(nobody), id(stream), id(first));
    assertThat(found("user=nobody-" + suffix)).isEmpty();
    assertThat(vera.get("/api/traces?user=" + "x".repeat(1_001)).status()).isEqualTo(400);
    assertThat(vera.get("/api/traces?session=" + "x".repeat(1_001)).status()).isEqualTo(400);
    assertThat(
            client
                .as("gus", Workspaces.GLOBEX, Role.ADMIN)
                .get("/api/traces?user=" + hash)
                .json()
                .path("items"))
        .isEmpty();
    assertThat(rows(jane)).isZero();
    assertThat(rows(hash)).isEqualTo(2);
  }

  @Test
  void a_call_for_embeddings_keeps_its_user_too() {
    Answer answer =
        vera.post(
            "/v1/embeddings",
            Map.of("model", "local/all-minilm-l6-v2", "input", "hello", "user", jane));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);

    JsonNode items =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> vera.get("/api/traces?user=" + encoded(jane)).json().path("items"),
                found -> found.size() == 1);
    assertThat(items.at("/0/operation").asString()).isEqualTo("EMBEDDING");
  }

  private Answer call(String model, Map<String, ?> fields) {
    Map<String, Object> body = new HashMap<>(fields);
    body.put("model", model);
    body.put("messages", List.of(Map.of("role", "user", "content", "Hi " + suffix)));
    TestClient.TestCaller caller =
        model.startsWith("variant/") ? client.as("ada", Role.PROMPT_ENGINEER) : vera;
    Answer answer = caller.post("/v1/chat/completions", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private String variant() {
    TestClient.TestCaller ada = client.as("ada", Role.PROMPT_ENGINEER, Role.ML_ENGINEER);
    String application = "chat-" + suffix;
    register(events, application, TaskType.GENERATION);
    Digest prompt = NEIGHBOURS.publish(CHAT.strip());
    events.publish(
        new PromptVersionPublished("chat", 1, prompt, null, "ada", "first"), prompt.hex(), 1);
    return createVariant(ada, variantOf(application, prompt, provider + "/m", Map.of()));
  }

  private List<String> found(String filter) {
    return vera.get("/api/traces?" + filter)
        .json()
        .path("items")
        .valueStream()
        .map(item -> item.path("traceId").asString())
        .toList();
  }

  private static String id(Answer answer) {
    return answer.header("x-plumbline-trace");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Returns the number of traces that hold a text anywhere. */
  private static int rows(String text) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        PreparedStatement count =
            connection.prepareStatement(
                "SELECT count(*) FROM trace WHERE strpos(trace::text, ?) > 0")) {
      count.setString(1, text);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
