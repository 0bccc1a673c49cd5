package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ConnectionVersioned;
import io.plumbline.contracts.InferenceEvent.ProviderConnected;
import io.plumbline.contracts.InferenceEvent.ProviderDisconnected;
import io.plumbline.contracts.InferenceEvent.ProviderKeyReplaced;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.TestTokenIssuer;
import io.plumbline.platform.test.Workspaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests what of a provider is relayed, what is retried, and what is kept secret. */
class ProviderTests extends InferenceTest {

  private static final String FAILURE = "x-plumbline-failure";

  @Autowired TestClient client;
  @Autowired TestTokenIssuer tokens;
  @Autowired TestEventClient events;
  @LocalServerPort int port;

  private final String name = "p" + UUID.randomUUID().toString().substring(0, 8);
  private TestClient.TestCaller root;

  @BeforeEach
  void add() {
    root = client.as("root", Role.ADMIN);
    Answer added = add(name, "/v1", "sesame");
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    assertThat(added.body()).doesNotContain("sesame");
  }

  @Test
  void answers_are_the_providers_under_our_ids() {
    Answer answer = complete("hello", false);
    assertThat(answer.json().path("choices").get(0).path("message").path("content").asString())
        .isEqualTo("hello");
    assertThat(answer.json().path("id").asString()).startsWith("chatcmpl-");
    assertThat(answer.json().path("usage").path("total_tokens").asInt()).isEqualTo(9);
  }

  @Test
  void connections_are_published_without_the_key() {
    ProviderConnected connected =
        events.awaitPublished(ProviderConnected.class, event -> event.provider().equals(name));
    assertThat(connected)
        .isEqualTo(
            new ProviderConnected(
                connected.providerId(),
                name,
                digest(),
                "openai-compatible",
                NEIGHBOURS.url(),
                true,
                List.of("m")));

    assertThat(root.delete("/api/providers/" + name).status()).isEqualTo(204);
    assertThat(root.delete("/api/providers/" + name).status()).isEqualTo(404);

    assertThat(
            events.awaitPublished(
                ProviderDisconnected.class, event -> event.provider().equals(name)))
        .isEqualTo(new ProviderDisconnected(connected.providerId(), name, NEIGHBOURS.url()));
    add(name, "/v1", "sesame");
    events.awaitPublished(
        ProviderConnected.class,
        event ->
            event.provider().equals(name) && !event.providerId().equals(connected.providerId()));
    assertThat(events.read("plumbline.inference"))
        .noneMatch(
            message -> new String(message.value(), StandardCharsets.UTF_8).contains("sesame"));
  }

  @Test
  void streams_are_passed_on() {
    Answer answer = complete("hello", true);
    assertThat(answer.body())
        .contains("\"content\":\"one\"", "\"content\":\"two\"")
        .endsWith("data: [DONE]\n\n")
        .doesNotContain("prompt_tokens");
  }

  @Test
  void a_broken_stream_ends_with_an_error_frame() {
    assertThat(complete("break off", true).body())
        .contains("\"content\":\"one\"", "stream_broken")
        .doesNotContain("[DONE]\n");
  }

  @Test
  void a_broken_stream_is_metered_by_what_was_sent() {
    completeWith(name + "/cut", "break off", true);

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(
                    count(
                        "SELECT coalesce(sum(output_tokens), 0) FROM usage_minute WHERE"
                            + " input_tokens > 0 AND model = '"
                            + name
                            + "/unknown'"))
                .isEqualTo(1));
  }

  @Test
  void names_that_callers_invent_are_counted_as_one() {
    completeWith(name + "/invented-1", "hello", false);
    completeWith(name + "/invented-2", "hello", true);
    complete("hello", false);

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(requestsByModel())
                .containsExactly(Map.entry(name + "/m", 1L), Map.entry(name + "/unknown", 2L)));
  }

  private Map<String, Long> requestsByModel() {
    Map<String, Long> requests = new TreeMap<>();
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT model, sum(requests) FROM usage_minute WHERE model LIKE '"
                    + name
                    + "/%' GROUP BY model")) {
      while (result.next()) {
        requests.put(result.getString(1), result.getLong(2));
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    return requests;
  }

  @Test
  void an_error_in_a_stream_is_passed_on_and_ends_it() {
    assertThat(complete("fail late", true).body())
        .contains("\"content\":\"one\"", "provider_failed", "no capacity")
        .doesNotContain("[DONE]");
  }

  @Test
  void events_of_several_lines_are_read_and_a_finished_stream_needs_no_done() {
    assertThat(complete("several lines", true).body())
        .contains("\"content\":\"one\"")
        .endsWith("data: [DONE]\n\n")
        .doesNotContain("error");
  }

  @Test
  void a_stream_of_something_else_is_an_error() {
    assertThat(complete("no protocol", true).body())
        .contains("provider_malformed")
        .doesNotContain("hello", "[DONE]");
  }

  @Test
  void a_stream_that_ends_before_it_says_anything_is_an_error() {
    assertThat(complete("done at once", true).body())
        .contains("provider_malformed")
        .doesNotContain("[DONE]");
  }

  @Test
  void a_line_without_end_is_not_buffered() {
    assertThat(complete("no line end", true).body())
        .contains("stream_broken")
        .doesNotContain("Exception")
        .hasSizeLessThan(2_000);
  }

  @Test
  void a_key_that_no_header_carries_is_refused() {
    for (String key : List.of("se\r\nX-Other: same", "ses\u0000ame", "sésame", "se same")) {
      Answer refused = add(name + "-key", "/v1", key);
      assertThat(refused.status()).as(refused.body()).isEqualTo(400);
      assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/apiKey");
    }
  }

  @Test
  void a_server_that_is_unavailable_for_a_moment_is_called_again() {
    NEIGHBOURS.failuresLeft.set(2);
    assertThat(complete("hello", false).status()).isEqualTo(200);
  }

  @Test
  void a_failed_generation_is_not_bought_again_and_closes_no_other_model() {
    int before = NEIGHBOURS.completions.get();

    Answer failed = completeWith(name + "/broken", "hello", false);
    completeWith(name + "/broken", "hello", false);

    assertThat(failed.status()).isEqualTo(502);
    assertThat(failed.json().at("/error/code").asString()).isEqualTo("provider_failed");
    assertThat(NEIGHBOURS.completions.get()).isEqualTo(before + 2);
    assertThat(complete("hello", false).status()).isEqualTo(200);
  }

  @Test
  void an_exhausted_quota_is_not_retried_and_keeps_its_code() {
    int before = NEIGHBOURS.completions.get();

    Answer refused = completeWith(name + "/exhausted", "hello", false);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().at("/error/code").asString()).isEqualTo("insufficient_quota");
    assertThat(NEIGHBOURS.completions.get()).isEqualTo(before + 1);
  }

  @Test
  void an_error_says_whose_failure_it_is() {
    for (int call = 0; call < 5; call++) {
      assertThat(completeWith(name + "/broken", "hello", false).header(FAILURE)).isEqualTo("model");
    }
    assertThat(completeWith(name + "/broken", "hello", false).header(FAILURE)).isEqualTo("limit");
    assertThat(completeWith(name + "/exhausted", "hello", false).header(FAILURE))
        .isEqualTo("model");
    assertThat(complete("hello", false).header(FAILURE)).isEmpty();
  }

  @Test
  void a_provider_is_found_at_its_location() {
    Answer created = add(name + "-located", "/v1", "sesame");

    Answer found = root.get(created.header("Location"));

    assertThat(found.json().path("name").asString()).isEqualTo(name + "-located");
    assertThat(root.get("/api/providers").json().path("items").values()).contains(found.json());
    assertThat(root.get("/api/providers/" + name + "-none").status()).isEqualTo(404);
  }

  @Test
  void a_refused_key_says_nothing_of_the_key() {
    String other = name + "-other";
    add(other, "/v1", "wrong");
    Answer answer = complete(other, "hello", false);
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body())
        .contains("refuses the API key")
        .doesNotContain("wrong", "secret detail", "127.0.0.1");
  }

  @Test
  void redirects_are_not_followed() {
    String other = name + "-redirect";
    add(other, "/redirect", "sesame");
    int before = NEIGHBOURS.completions.get();
    assertThat(complete(other, "hello", false).status()).isEqualTo(502);
    assertThat(NEIGHBOURS.completions.get()).isEqualTo(before);
  }

  @Test
  void a_call_is_cancelled_when_its_client_disconnects() throws IOException, InterruptedException {
    String body =
        "{\"model\":\""
            + name
            + "/m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"never end\"}]}";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/chat/completions HTTP/1.1\r\n"
                      + "Host: x\r\n"
                      + "Content-Type: application/json\r\n"
                      + "Authorization: Bearer "
                      + tokens.person("vera", Workspaces.ACME, Role.PROMPT_ENGINEER)
                      + "\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] first = socket.getInputStream().readNBytes(200);
      assertThat(new String(first, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200");
    }
    assertThat(NEIGHBOURS.clientGone.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void keys_are_encrypted_at_rest_and_usage_is_recorded() {
    complete("hello", false);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(
                    count("SELECT sum(requests) FROM usage_minute WHERE model = '" + name + "/m'"))
                .isEqualTo(1));
    assertThat(
            count(
                "SELECT count(*) FROM open_connection WHERE position('sesame'::bytea in api_key) >"
                    + " 0"))
        .isZero();
    assertThat(client.as("vera", Role.VIEWER).get("/api/providers").body())
        .contains(name)
        .doesNotContain("sesame");
    assertThat(client.as("gus", Workspaces.GLOBEX, Role.VIEWER).get("/api/providers").body())
        .doesNotContain(name);
    assertThat(client.as("ada", Role.ML_ENGINEER).post("/api/providers", Map.of()).status())
        .isIn(400, 403);
  }

  @Test
  void a_connection_is_versioned_and_calls_go_to_the_one_at_present() {
    Digest first = digest();
    assertThat(
            events.awaitPublished(
                ConnectionVersioned.class, event -> event.connectionDigest().equals(first)))
        .isEqualTo(
            new ConnectionVersioned(
                first,
                name,
                "openai-compatible",
                NEIGHBOURS.url(),
                root.get("/api/providers/" + name).json().path("createdBy").asString()));
    int before = NEIGHBOURS.completions.get();

    Answer moved = connect("/redirect", "sesame");

    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    assertThat(digest()).isNotEqualTo(first);
    assertThat(complete("hello", false).status()).isEqualTo(502);
    assertThat(NEIGHBOURS.completions.get()).isEqualTo(before);
    assertThat(connect("/redirect", "sesame").status()).isEqualTo(409);
    assertThat(connect("/v1", null).status()).isEqualTo(200);
    assertThat(digest()).isEqualTo(first);
    assertThat(complete("hello", false).status()).isEqualTo(200);
    assertThat(
            events.published(ConnectionVersioned.class).stream()
                .filter(event -> event.provider().equals(name)))
        .hasSize(2);
  }

  @Test
  void a_key_is_replaced_without_another_version() {
    Digest before = digest();
    root.put("/api/providers/" + name + "/api-key", Map.of("apiKey", "wrong"));
    assertThat(complete("hello", false).status()).isEqualTo(502);

    Answer replaced = root.put("/api/providers/" + name + "/api-key", Map.of("apiKey", "sesame"));

    assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
    assertThat(replaced.body()).doesNotContain("sesame");
    assertThat(complete("hello", false).status()).isEqualTo(200);
    assertThat(digest()).isEqualTo(before);
    events.awaitPublished(
        ProviderKeyReplaced.class, event -> event.connectionDigest().equals(before));
  }

  @Test
  void the_key_of_the_former_address_is_not_sent_to_the_next() {
    assertThat(connect("/v1/", null).status()).as("another spelling").isEqualTo(409);

    assertThat(connect("/v1/../v1?", null).status()).isEqualTo(400);
    assertThat(
            root.post(
                    "/api/providers/" + name + "/connections",
                    Map.of("baseUrl", NEIGHBOURS.url().replace("127.0.0.1", "localhost") + "/v1"))
                .status())
        .isEqualTo(200);

    assertThat(root.get("/api/providers/" + name).json().path("hasApiKey").asBoolean()).isFalse();
  }

  private Digest digest() {
    return new Digest(
        root.get("/api/providers/" + name).json().path("connectionDigest").asString());
  }

  private Answer connect(String path, @Nullable String key) {
    Map<String, Object> body = new HashMap<>(Map.of("baseUrl", NEIGHBOURS.url() + path));
    if (key != null) {
      body.put("apiKey", key);
    }
    return root.post("/api/providers/" + name + "/connections", body);
  }

  private Answer add(String provider, String path, String key) {
    return root.post(
        "/api/providers",
        Map.of(
            "name",
            provider,
            "kind",
            "openai-compatible",
            "baseUrl",
            NEIGHBOURS.url() + path,
            "apiKey",
            key,
            "models",
            List.of("m")));
  }

  private Answer complete(String text, boolean stream) {
    return complete(name, text, stream);
  }

  private Answer complete(String provider, String text, boolean stream) {
    return completeWith(provider + "/m", text, stream);
  }

  private Answer completeWith(String model, String text, boolean stream) {
    return client
        .as("vera", Role.PROMPT_ENGINEER)
        .post(
            "/v1/chat/completions",
            Map.of(
                "model",
                model,
                "stream",
                stream,
                "messages",
                List.of(Map.of("role", "user", "content", text))));
  }

  private static long count(String sql) {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
