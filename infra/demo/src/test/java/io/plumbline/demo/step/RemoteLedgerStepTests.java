package io.plumbline.demo.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.plumbline.demo.api.Access;
import io.plumbline.demo.api.StepFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteLedgerStepTests {

  private static final String NEWEST = "{\"treeSize\":7,\"root\":\"ab\",\"keyId\":\"k\"}";

  private final Map<String, String> replies = new HashMap<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private HttpServer server;
  private DemoContext demo;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] body = replies.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(path.endsWith("/verify") ? 202 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    demo =
        new DemoContext(
            new Access(url, url + "/token", "demo", Map.of("cleo", "c")),
            new StepLog(new PrintStream(printed, true, StandardCharsets.UTF_8)));
    demo.log.beginStep(1, 1, "ledger");
    replies.put("/token", "{\"access_token\":\"t\",\"expires_in\":300}");
    replies.put("/api/audit", "{\"items\":[{},{}]}");
    replies.put("/api/ledger/verify", result("2026-12-03T05:00:00Z", true, "[]"));
    replies.put("/api/ledger/verification", result("2026-12-03T06:00:00Z", true, "[]"));
    replies.put("/api/ledger/head", NEWEST);
    replies.put("/api/ledger/keys", "{\"items\":[{\"keyId\":\"k\"}]}");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static String result(String at, boolean holds, String findings) {
    return """
    {"last":{"holds":%s,"entries":7,"heads":5,"newest":%s,"findings":%s,"verifiedAt":"%s"},
     "running":false,"failure":null,"halted":null}
    """
        .formatted(holds, NEWEST, findings, at);
  }

  @Test
  void compliance_verifies_and_what_is_not_available_is_said() {
    new RemoteLedgerStep().run(demo);

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("by compliance: 7 entries and 5 heads hold")
        .contains("not available here: the verification from outside");
    assertThat(demo.get("ledger")).isEqualTo("7 entries, verified by compliance, not outside");
  }

  @Test
  void a_finding_fails_the_step() {
    replies.put(
        "/api/ledger/verification",
        result("2026-12-03T06:00:00Z", false, "[{\"index\":3,\"what\":\"changed\"}]"));

    assertThatThrownBy(() -> new RemoteLedgerStep().run(demo))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("changed");
  }

  @Test
  void a_verification_without_a_result_fails_the_step() {
    replies.put("/api/ledger/verification", result("2026-12-03T05:00:00Z", true, "[]"));

    assertThatThrownBy(() -> new RemoteLedgerStep().run(demo))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("no result");
  }

  @Test
  void another_root_of_the_same_size_fails_the_step() {
    replies.put("/api/ledger/head", NEWEST.replace("ab", "cd"));

    assertThatThrownBy(() -> new RemoteLedgerStep().run(demo))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("contradict");
  }
}
