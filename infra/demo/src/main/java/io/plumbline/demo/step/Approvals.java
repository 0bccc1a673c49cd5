package io.plumbline.demo.step;

import io.plumbline.demo.Loop;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The inbox of the second person. */
final class Approvals {

  private Approvals() {}

  /** Waits until the request has arrived in the inbox. */
  static String pending(Loop loop, String requestId) {
    JsonNode inbox =
        loop.ben.await("the request in the inbox", Duration.ofSeconds(20), "/api/approvals?state=PENDING&limit=100", list -> !find(list, requestId).isEmpty());
    return find(inbox, requestId);
  }

  static void approve(Loop loop, String approval, String reason) {
    loop.ben.post("/api/approvals/" + approval + "/decisions", Map.of("decision", "APPROVED", "reason", reason)).expect(200);
  }

  private static String find(JsonNode inbox, String requestId) {
    for (JsonNode approval : inbox.at("/items")) {
      if (approval.at("/requestId").asString("").equals(requestId)) {
        return approval.at("/approvalId").asString("");
      }
    }
    return "";
  }
}
