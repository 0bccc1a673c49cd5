package io.plumbline.demo.step;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Requests about indexes that several steps make. */
public final class Indexes {

  private Indexes() {}

  /**
   * Requests an index, unless that was done, and waits until it is built.
   *
   * @return its digest
   */
  public static String build(DemoContext demo, Map<String, Object> request) {
    String index =
        demo.find("/api/indexes?limit=100", each -> matches(each, request))
            .map(each -> each.at("/indexId").asString())
            .orElseGet(() -> demo.ada.post("/api/indexes", request).expect(202).text("/indexId"));
    JsonNode built =
        demo.ada.awaitState(Duration.ofMinutes(20), "/api/indexes/" + index, "/state", "READY");
    demo.check(
        true,
        "%s: %s passages, by words and by meaning"
            .formatted(request.get("name"), built.at("/passages")));
    return built.at("/indexDigest").asString();
  }

  private static boolean matches(JsonNode index, Map<String, Object> request) {
    return List.of("name", "splitDigest").stream()
            .allMatch(field -> index.path(field).asString("").equals(request.get(field)))
        && !List.of("FAILED", "CANCELLED").contains(index.at("/state").asString());
  }
}
