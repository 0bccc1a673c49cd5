package io.plumbline.demo.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.demo.api.Access;
import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.step.Console;
import io.plumbline.demo.step.DemoContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectModelStepTests {

  private record Reply(int status, String body) {}

  private static final Reply HELLO = new Reply(200, "{\"choices\":[]}");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Map<String, Reply> replies = new HashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer platform;
  private DemoContext demo;

  @BeforeEach
  void start() throws IOException {
    platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    platform.createContext("/", this::answer);
    platform.start();
    String url = "http://127.0.0.1:" + platform.getAddress().getPort();
    demo =
        new DemoContext(
            new Access(url, url + "/token", "cli", Map.of("ada", "a", "root", "r")),
            new Console(new PrintStream(printed, true, StandardCharsets.UTF_8)));
    replies.put("POST /token", new Reply(200, "{\"access_token\":\"t\",\"expires_in\":300}"));
    replies.put("POST /v1/chat/completions", HELLO);
  }

  @AfterEach
  void stop() {
    platform.stop(0);
  }

  @Test
  void a_model_is_connected_and_answers_and_its_key_is_not_printed() {
    replies.put("POST /api/providers", new Reply(201, "{}"));

    run(Map.of("PLUMBLINE_DEMO_MODEL_KEY", "top-secret"));

    assertThat(requests)
        .containsExactly(
            "GET /api/providers/demo-model", "POST /api/providers", "POST /v1/chat/completions");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("✔ http://127.0.0.1:9/v1 is the provider demo-model", "✔ demo-model/m answers")
        .doesNotContain("top-secret");
  }

  @Test
  void one_that_an_earlier_run_connected_is_connected_to_the_address_of_now() {
    replies.put("GET /api/providers/demo-model", new Reply(200, "{}"));
    replies.put("POST /api/providers/demo-model/connections", new Reply(200, "{}"));

    run(Map.of());

    assertThat(requests).doesNotContain("POST /api/providers");
  }

  @Test
  void at_the_same_address_the_key_of_now_is_taken() {
    replies.put("GET /api/providers/demo-model", new Reply(200, "{}"));
    replies.put(
        "POST /api/providers/demo-model/connections",
        new Reply(409, "{\"type\":\"/problems/conflict\"}"));
    replies.put("PUT /api/providers/demo-model/api-key", new Reply(200, "{}"));

    run(Map.of("PLUMBLINE_DEMO_MODEL_KEY", "k2"));

    assertThat(requests).contains("PUT /api/providers/demo-model/api-key");
  }

  @Test
  void an_address_that_is_not_allowed_ends_the_step_with_the_words_of_the_platform() {
    replies.put(
        "POST /api/providers",
        new Reply(422, "{\"detail\":\"The host of baseUrl is on a private network.\"}"));

    assertThatThrownBy(() -> run(Map.of()))
        .isInstanceOf(StepFailed.class)
        .hasMessage(
            "The endpoint of PLUMBLINE_DEMO_MODEL cannot be connected: The host of baseUrl is on a"
                + " private network.");
  }

  @Test
  void a_model_that_does_not_answer_ends_the_step_with_the_reason() {
    replies.put("POST /api/providers", new Reply(201, "{}"));
    replies.put(
        "POST /v1/chat/completions",
        new Reply(502, "{\"error\":{\"message\":\"Nothing listens there.\"}}"));

    assertThatThrownBy(() -> run(Map.of()))
        .isInstanceOf(StepFailed.class)
        .hasMessage("demo-model/m does not answer: Nothing listens there.");
  }

  @Test
  void a_judge_elsewhere_is_a_provider_of_its_own_and_the_price_is_listed() {
    replies.put("POST /api/providers", new Reply(201, "{}"));
    replies.put("POST /api/base-models", new Reply(409, "{}"));

    run(
        Map.of(
            "PLUMBLINE_DEMO_JUDGE",
            "http://127.0.0.1:8/v1#j",
            "PLUMBLINE_DEMO_MODEL_PRICE",
            "0,0,8192"));

    assertThat(requests)
        .containsExactly(
            "GET /api/providers/demo-model",
            "POST /api/providers",
            "GET /api/providers/demo-judge",
            "POST /api/providers",
            "POST /api/base-models",
            "POST /v1/chat/completions",
            "POST /v1/chat/completions");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("demo-model/m was listed before, and costs what the catalogue says");
  }

  private void run(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PLUMBLINE_DEMO_MODEL", "http://127.0.0.1:9/v1#m");
    new ConnectModelStep(OwnModel.of(environment).orElseThrow()).run(demo);
  }

  /** 404 to what the test does not say. */
  private void answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    if (!request.equals("POST /token")) {
      requests.add(request);
    }
    exchange.getRequestBody().readAllBytes();
    Reply reply = replies.getOrDefault(request, new Reply(404, "{}"));
    byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
