package io.plumbline.launcher.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.launcher.installation.LauncherException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the requests against a server that answers as the platform does. */
class WorkspaceApiTests {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String PILOT =
      """
      {"workspaceId": "7", "name": "pilot", "state": "ACTIVE", "regions": ["DE"], "currency": "EUR",
       "roleRates": [{"role": "sre", "perHour": {"amount": "80.00", "currency": "EUR"}}],
       "quotas": [{"kind": "prompts", "limit": 5}], "retentionDays": 30}
      """;

  private final Map<String, String> answers = new LinkedHashMap<>();
  private final List<String> requests = new ArrayList<>();
  private HttpServer server;
  private WorkspaceApi api;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    JsonNode access =
        JSON.valueToTree(
            Map.of(
                "gateway",
                url,
                "tokenUri",
                url + "/token",
                "clientId",
                "demo",
                "people",
                Map.of("root", "a secret & more")));
    answers.put("POST /token", "{\"access_token\": \"of-root\"}");
    api = new WorkspaceApi(access, "root");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void all_pages_are_listed_with_one_sign_in() {
    answers.put(
        "GET /api/workspaces", "{\"items\": [{\"name\": \"a\"}], \"nextPageToken\": \"b c\"}");
    answers.put("GET /api/workspaces?pageToken=b+c", "{\"items\": [{\"name\": \"d\"}]}");

    assertThat(api.list())
        .extracting(each -> each.path("name").asString())
        .containsExactly("a", "d");
    assertThat(requests)
        .containsExactly(
            "POST /token"
                + " grant_type=password&client_id=demo&username=root&password=a+secret+%26+more",
            "GET /api/workspaces", "GET /api/workspaces?pageToken=b+c");
  }

  @Test
  void what_is_not_changed_is_sent_as_it_is() {
    answers.put("GET /api/workspaces", "{\"items\": [" + PILOT + "]}");
    answers.put("GET /api/workspaces/7", PILOT);
    answers.put("PUT /api/workspaces/7", PILOT);

    api.configure("pilot", JSON.createObjectNode().put("retentionDays", 14));

    String sent = requests.getLast();
    assertThat(sent).startsWith("PUT /api/workspaces/7 ");
    assertThat(JSON.readTree(sent.substring(sent.indexOf('{'))))
        .isEqualTo(
            JSON.readTree(
                """
                {"name": "pilot", "regions": ["DE"], "currency": "EUR",
                 "roleRates": [{"role": "sre", "perHour": "80.00"}],
                 "quotas": [{"kind": "prompts", "limit": 5}], "retentionDays": 14}
                """));
  }

  @Test
  void another_currency_needs_the_rates_again() {
    answers.put("GET /api/workspaces", "{\"items\": [" + PILOT + "]}");
    answers.put("GET /api/workspaces/7", PILOT);

    assertThatThrownBy(() -> api.configure("pilot", JSON.createObjectNode().put("currency", "USD")))
        .hasMessageContaining("rates in EUR");
  }

  @Test
  void a_workspace_that_is_not_there_is_named() {
    answers.put("GET /api/workspaces", "{\"items\": []}");

    assertThatThrownBy(() -> api.archive("pilot", "enough"))
        .isInstanceOf(LauncherException.class)
        .hasMessageContaining("no workspace 'pilot' that root administers");
  }

  @Test
  void a_refusal_is_shown_with_its_fields() {
    answers.put(
        "400 POST /api/workspaces",
        """
        {"title": "The request is not valid", "detail": "Correct the fields listed in errors.",
         "errors": [{"pointer": "/regions/0", "detail": "must be an ISO 3166 country code such as DE"}]}
        """);

    assertThatThrownBy(() -> api.create(JSON.createObjectNode().put("name", "pilot")))
        .hasMessage(
            "Correct the fields listed in errors.\n"
                + "  /regions/0 must be an ISO 3166 country code such as DE");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(body.isEmpty() ? call : call + " " + body);
    boolean refused = answers.containsKey("400 " + call);
    byte[] answer =
        answers.getOrDefault(refused ? "400 " + call : call, "{}").getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .add("Content-Type", refused ? "application/problem+json" : "application/json");
    exchange.getResponseHeaders().add("ETag", "\"3\"");
    exchange.sendResponseHeaders(refused ? 400 : 200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
