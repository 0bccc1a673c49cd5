package io.plumbline.demo.step;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What several steps do with indexes. */
public final class Indexes {

  private Indexes() {}

  /**
   * Requests an index and waits until it is built.
   *
   * @return its digest
   */
  public static String build(DemoContext demo, Map<String, Object> request) {
    String index = demo.ada.post("/api/indexes", request).expect(202).text("/indexId");
    JsonNode built =
        demo.ada.await(
            "the index",
            Duration.ofMinutes(5),
            "/api/indexes/" + index,
            each -> List.of("READY", "FAILED").contains(each.at("/state").asString()));
    demo.check(
        built.at("/state").asString().equals("READY"),
        "%s: %s passages, by words and by meaning"
            .formatted(request.get("name"), built.at("/passages")));
    return built.at("/indexDigest").asString();
  }
}
