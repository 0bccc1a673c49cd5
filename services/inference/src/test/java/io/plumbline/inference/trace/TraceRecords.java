package io.plumbline.inference.trace;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.enduser.EndUser;
import io.plumbline.inference.usage.Tokens;
import io.plumbline.platform.digest.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Traces for tests. */
final class TraceRecords {

  private TraceRecords() {}

  /** Returns the trace of an application's chat call that cost 0.25 USD. */
  static TraceRecord of(UUID workspace, String model, Instant at, TraceRecord.Status status) {
    UUID id = Ids.next();
    return new TraceRecord(
        id,
        workspace,
        id.toString().replace("-", ""),
        "chatcmpl-" + id,
        "ada",
        false,
        false,
        EndUser.UNKNOWN,
        TraceRecord.Operation.CHAT,
        new TraceRecord.Origin(
            "mail", "production", new UUID(0, 1), "active", Digest.ofText("v"), model),
        new TraceRecord.Timing(at, 12_345, 678L),
        new TraceRecord.Outcome(
            status, status == TraceRecord.Status.OK ? null : "broken", "why", "stop", "miss", true),
        new TraceRecord.Consumption(new Tokens(100, 40, 10, 4), Money.usd("0.25")),
        List.of(
            new TraceSteps.Step(TraceSteps.Kind.RESOLVE, 0, 12, Map.of()),
            new TraceSteps.Step(TraceSteps.Kind.CALL, 13, 12_000, Map.of("kind", "provider"))),
        new TraceRecord.Content(ContentPolicy.MASKED, "{\"messages\":[]}", null, false));
  }
}
