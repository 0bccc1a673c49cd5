package io.plumbline.demo.step;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.driver.ApplicationDriver;
import tools.jackson.databind.JsonNode;

/** The approver's inbox. */
public final class Approvals {

  private Approvals() {}

  /**
   * Approves a request of ada as ben, after ada's own approval was refused. A request that was
   * decided before stays as it is.
   *
   * @param requestId the request to approve
   */
  public static void approve(DemoContext demo, String requestId, String reason) {
    JsonNode approval = demo.driver().awaitApproval(requestId);
    if (!approval.at("/state").asString().equals("PENDING")) {
      return;
    }
    ApiResponse own = ApplicationDriver.approve(demo.ada, approval, "It is good");
    demo.check(own.status() == 403, "self-approval is refused: " + own.problem());
    ApplicationDriver.approve(demo.ben, approval, reason).expect(200);
    demo.recordChange();
    demo.check(true, "ben approved it: " + reason);
  }
}
