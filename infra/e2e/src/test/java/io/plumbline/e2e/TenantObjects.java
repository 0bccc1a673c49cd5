package io.plumbline.e2e;

import io.plumbline.demo.api.ApiUser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One object of each kind that is quick to create, in the workspace of the user who creates it. */
final class TenantObjects {

  private static final Duration EVENT_DELAY = Duration.ofSeconds(30);

  private TenantObjects() {}

  /** Returns their names and ids by the collection below which they are read. */
  static Map<String, String> create(ApiUser author, ApiUser approver) {
    String name = "tenant-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    author.post("/api/applications", ResourceKind.APPLICATION.body(name)).expect(201);
    author.post("/api/prompts", Map.of("name", name)).expect(201);
    author
        .post("/api/prompts/" + name + "/versions", ResourceKind.PROMPT_VERSION.body(name))
        .expect(201);
    author.put("/api/prompts/" + name + "/labels/production", Map.of("version", 1));
    author.post("/api/datasets", ResourceKind.DATASET.body(name)).expect(201);
    byte[] row = "{\"text\":\"one\",\"label\":\"a\"}".getBytes(StandardCharsets.UTF_8);
    author.upload("/api/datasets/" + name + "/versions", row, "application/x-ndjson").expect(202);
    author.post("/api/models", ResourceKind.MODEL.body(name)).expect(201);
    String waiver =
        author
            .post(
                "/api/applications/" + name + "/waivers",
                Map.of("phase", "FINE_TUNING", "reason", "Only to have a request for approval"))
            .expect(202)
            .text("/waiverId");
    JsonNode pending =
        approver.await(
            "the request for approval",
            EVENT_DELAY,
            "/api/approvals?state=PENDING&limit=100",
            list -> !LongWork.approval(list, waiver).isEmpty());

    Map<String, String> created = new LinkedHashMap<>();
    for (String collection : List.of("applications", "prompts", "datasets", "models")) {
      created.put(collection, name);
    }
    created.put("approvals", LongWork.approval(pending, waiver));
    return created;
  }
}
