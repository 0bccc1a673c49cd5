package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.api.ApiUser;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** A viewer sends two megabytes of tiny JSON nodes, many times at once. */
@ExtendWith(Platform.class)
@Isolated("It asks for as much memory as it gets.")
class MemoryBombIT {

  private static final int PARALLEL = 16;
  private static final int ROUNDS = 4;
  private static final String NODES = "[" + "{},".repeat(650_000) + "{}]";
  private static final String TEXT = "x".repeat(1_900_000);

  @Test
  void a_service_survives_bodies_of_tiny_nodes_and_serves_on() throws Exception {
    ApiUser viewer = Platform.user("vera");

    survives(
        "prompt-registry",
        "/api/prompts/x/versions/1/render",
        viewer,
        "{\"variables\":{\"a\":%s}}".formatted(NODES),
        "{\"variables\":{\"a\":\"%s\"}}".formatted(TEXT));
    survives(
        "inference",
        "/v1/chat/completions",
        viewer,
        "{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":%s}"
            .formatted(NODES),
        "{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(TEXT));
    survives("strategy", "/api/applications", viewer, NODES, "{\"name\":\"%s\"}".formatted(TEXT));
  }

  /**
   * A viewer's JSON Schemas and values of 150 KB, whose check once took the memory of a service.
   */
  @Test
  void a_service_survives_hostile_schemas_and_serves_on() throws Exception {
    ApiUser viewer = Platform.user("vera");
    String zeros =
        render(
            "{\"type\":\"object\",\"properties\":{},\"allOf\":[%s0]}"
                .formatted("0,".repeat(48_999)),
            "{}");
    String errors =
        render(
            "{\"type\":\"object\",\"properties\":{\"a\":{\"items\":{\"allOf\":[%s{}]}}}}"
                .formatted("{\"type\":\"string\"},".repeat(100)),
            "{\"a\":[%s0]}".formatted("0,".repeat(20_000)));

    survives("prompt-registry", "/api/prompts/render", viewer, zeros, errors);
  }

  private static String render(String variables, String values) {
    return """
    {"draft": {"messages": [{"role": "user", "content": "x"}], "variables": %s}, "variables": %s}
    """
        .formatted(variables, values);
  }

  /**
   * Checks that the service survives bodies of nodes, which it refuses by their number, and texts
   * of the same size, which it takes or refuses for now.
   */
  private static void survives(
      String service, String path, ApiUser viewer, String nodes, String text) throws Exception {
    long before = Platform.pid(service);
    Map<Integer, Integer> answers = new TreeMap<>();
    try (ExecutorService senders = Executors.newFixedThreadPool(PARALLEL)) {
      List<Future<HttpResponse<String>>> sent = new ArrayList<>();
      for (int i = 0; i < PARALLEL * ROUNDS; i++) {
        String body = i % 2 == 0 ? nodes : text;
        sent.add(senders.submit(() -> Api.send("POST", path, viewer.token(), body)));
      }
      for (Future<HttpResponse<String>> each : sent) {
        answers.merge(each.get().statusCode(), 1, Integer::sum);
      }
    }
    System.out.printf("%d large bodies to %s: %s%n", PARALLEL * ROUNDS, service, answers);

    assertThat(answers.keySet()).isSubsetOf(400, 403, 404, 413, 422, 429, 503);
    assertThat(Platform.pid(service)).isEqualTo(before);
    assertThat(ProcessHandle.of(before))
        .hasValueSatisfying(each -> assertThat(each.isAlive()).isTrue());
    assertThat(
            Api.send("GET", "/api/services/" + service + "/openapi", viewer.token(), null)
                .statusCode())
        .isEqualTo(200);
  }
}
