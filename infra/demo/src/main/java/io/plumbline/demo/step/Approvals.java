package io.plumbline.demo.step;

import io.plumbline.demo.api.Answer;
import io.plumbline.demo.api.ApiUser;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The approver's inbox. */
public final class Approvals {

  private Approvals() {}

  /** Waits until the request has arrived in the inbox. */
  public static String pending(DemoContext demo, String requestId) {
    JsonNode inbox =
        demo.ben.await(
            "the request in the inbox",
            Duration.ofSeconds(20),
            "/api/approvals?state=PENDING&limit=100",
            list -> !find(list, requestId).isEmpty());
    return find(inbox, requestId);
  }

  public static void approve(DemoContext demo, String approval, String reason) {
    decide(demo.ben, approval, reason).expect(200);
  }

  /** Decides about exactly what was shown: an approval is bound to the digest. */
  public static Answer decide(ApiUser user, String approval, String reason) {
    String digest = user.get("/api/approvals/" + approval).expect(200).text("/subjectDigest");
    return user.post(
        "/api/approvals/" + approval + "/decisions",
        Map.of("decision", "APPROVED", "reason", reason, "subjectDigest", digest));
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
