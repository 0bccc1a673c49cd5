package io.plumbline.demo.step;

import io.plumbline.demo.api.Answer;
import io.plumbline.demo.api.ApiUser;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The approver's inbox. */
public final class Approvals {

  private static final Duration ARRIVAL = Duration.ofSeconds(20);

  private Approvals() {}

  /**
   * Approves a request of ada as ben, after ada's own approval was refused. A request that was
   * decided before stays as it is.
   *
   * @param requestId the request to approve
   */
  public static void approve(DemoContext demo, String requestId, String reason) {
    JsonNode approval =
        demo.ben.awaitItem(
            "the request in the inbox",
            ARRIVAL,
            "/api/approvals?limit=100",
            each -> each.at("/requestId").asString("").equals(requestId));
    if (!approval.at("/state").asString().equals("PENDING")) {
      return;
    }
    String id = approval.at("/approvalId").asString();
    Answer own = decide(demo.ada, id, "It is good");
    demo.check(own.status() == 403, "self-approval is refused: " + own.problem());
    decide(demo.ben, id, reason).expect(200);
    demo.changed();
    demo.check(true, "ben approved it: " + reason);
  }

  /** Decides about exactly what was shown: an approval is bound to the digest. */
  private static Answer decide(ApiUser user, String approval, String reason) {
    String digest = user.get("/api/approvals/" + approval).expect(200).text("/subjectDigest");
    return user.post(
        "/api/approvals/" + approval + "/decisions",
        Map.of("decision", "APPROVED", "reason", reason, "subjectDigest", digest));
  }
}
