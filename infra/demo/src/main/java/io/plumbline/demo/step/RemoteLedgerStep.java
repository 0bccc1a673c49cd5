package io.plumbline.demo.step;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.StepFailed;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A step that shows that everything before it is in the ledger of an installation whose database
 * this machine does not reach. Compliance verifies the whole ledger, and the step says what that
 * does not replace.
 */
public final class RemoteLedgerStep implements Step {

  private static final String RESULT = "/api/ledger/verification";
  private static final int CONFLICT = 409;
  private static final Duration LONGEST = Duration.ofMinutes(20);

  @Override
  public String title() {
    return "Let compliance verify the ledger";
  }

  @Override
  public void run(DemoContext demo) {
    LedgerStep.checkRefusals(demo);
    demo.recordChange();
    JsonNode verified = verify(demo);
    JsonNode last = verified.at("/last");
    demo.check(
        last.at("/holds").asBoolean() && last.at("/findings").isEmpty(),
        "by compliance: %d entries and %d heads hold, findings: %s"
            .formatted(
                last.at("/entries").asLong(), last.at("/heads").asLong(), last.at("/findings")));
    demo.check(
        verified.at("/halted").isNull() || verified.at("/halted").isMissingNode(),
        "it records and signs, halted: " + verified.at("/halted"));
    checkHeads(demo, last);
    demo.log.print(
        "not available here: the verification from outside, which reads the database; run"
            + " ./plumbline verify-ledger where the database can be reached");
    demo.put(
        "ledger", last.at("/entries").asLong() + " entries, verified by compliance, not outside");
  }

  /** Starts a verification, after one that runs already, and returns its result. */
  private static JsonNode verify(DemoContext demo) {
    ApiResponse started = demo.cleo.post("/api/ledger/verify", Map.of());
    if (started.status() == CONFLICT) {
      awaitEnd(demo);
      started = demo.cleo.post("/api/ledger/verify", Map.of());
    }
    String former = started.expect(202).json().at("/last/verifiedAt").asString("");
    JsonNode ended = awaitEnd(demo);
    if (ended.at("/last/verifiedAt").asString("").equals(former)) {
      throw new StepFailed("The verification has no result: " + ended.at("/failure").asString(""));
    }
    return ended;
  }

  private static JsonNode awaitEnd(DemoContext demo) {
    return demo.cleo.await(
        "the verification of the ledger",
        LONGEST,
        RESULT,
        each -> !each.at("/running").asBoolean());
  }

  private static void checkHeads(DemoContext demo, JsonNode last) {
    long verified = last.at("/newest/treeSize").asLong();
    demo.check(
        verified == last.at("/entries").asLong(),
        "the newest verified head covers " + verified + " entries");
    JsonNode head = demo.cleo.get("/api/ledger/head").expect(200).json();
    long size = head.at("/treeSize").asLong();
    boolean same = head.at("/root").equals(last.at("/newest/root"));
    demo.check(
        size > verified || (size == verified && same),
        "the present head has " + size + " entries and does not contradict it");
    String signer = head.at("/keyId").asString();
    demo.check(
        demo.cleo.items("/api/ledger/keys").stream()
            .anyMatch(key -> key.at("/keyId").asString().equals(signer)),
        "it names a key of the ledger: " + signer);
  }
}
