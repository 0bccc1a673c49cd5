package io.plumbline.inference.trace;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.ColumnTime;
import io.plumbline.inference.enduser.EndUsers;
import io.plumbline.inference.trace.TraceRecord.Status;
import io.plumbline.inference.usage.Receipt;
import io.plumbline.inference.usage.UsageRecords;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/traces")
class TraceController {

  /** The default period of a list, so that a rare filter does not read the traces of a year. */
  private static final Duration WINDOW = Duration.ofDays(7);

  /** The longest user or session that traces are searched by. */
  private static final int MAX_TEXT = 1_000;

  /**
   * A step of a trace.
   *
   * @param startMillis the time after the request arrived; a step may be within another
   */
  record StepView(
      TraceSteps.Kind kind, double startMillis, double durationMillis, List<DetailView> details) {

    static StepView from(TraceSteps.Step step) {
      return new StepView(
          step.kind(),
          step.startMicros() / 1_000.0,
          step.durationMicros() / 1_000.0,
          step.details().entrySet().stream()
              .map(each -> new DetailView(each.getKey(), each.getValue()))
              .toList());
    }
  }

  record DetailView(String name, String value) {}

  /**
   * A trace with its steps.
   *
   * @param steps the steps in the order in which they began
   */
  record TraceDetail(TraceView trace, List<StepView> steps) {}

  /**
   * The contents of a request that are kept.
   *
   * @param input {@code messages} and {@code plumbline_variables} of the call
   * @param output the messages of the answer; absent without an answer
   * @param truncated whether something was too long to be kept
   */
  record TraceContentView(
      Contents contents,
      @Schema(types = "object") JsonNode input,
      @Schema(types = {"array", "null"}) @Nullable JsonNode output,
      boolean truncated) {

    static TraceContentView from(ContentReads.Content content) {
      return new TraceContentView(
          content.contents(), content.input(), content.output(), content.truncated());
    }
  }

  private final TraceReads traces;
  private final ContentReads contents;
  private final UsageRecords records;
  private final EndUsers endUsers;
  private final Clock clock;

  TraceController(
      TraceReads traces,
      ContentReads contents,
      UsageRecords records,
      EndUsers endUsers,
      Clock clock) {
    this.traces = traces;
    this.contents = contents;
    this.records = records;
    this.endUsers = endUsers;
    this.clock = clock;
  }

  @Operation(
      summary = "List traces, newest first",
      description =
          "Without from or traceId, lists the traces of the last seven days. user matches the user"
              + " or safety_identifier of a call, which is hashed before the search, or the"
              + " userHash of a trace. session matches session_id or session in the metadata of a"
              + " call, or the sessionId of a trace.")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<TraceView> listTraces(
      @RequestParam(required = false) @Nullable String application,
      @RequestParam(required = false) @Nullable Digest variant,
      @RequestParam(required = false) @Nullable String model,
      @RequestParam(required = false) @Nullable Status status,
      @RequestParam(required = false) @Nullable String caller,
      @RequestParam(required = false) @Nullable @Size(max = MAX_TEXT) String user,
      @RequestParam(required = false) @Nullable @Size(max = MAX_TEXT) String session,
      @RequestParam(required = false) @Nullable String traceId,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      PageRequest page) {
    UUID workspace = Caller.current().workspace();
    return traces.page(
        new TraceFilter(
            application,
            variant,
            model,
            status,
            caller,
            user == null ? null : endUsers.userHashes(workspace, user),
            session == null ? null : endUsers.sessionIds(workspace, session),
            traceId,
            since(from, to, traceId),
            to),
        page);
  }

  private Instant since(@Nullable Instant from, @Nullable Instant to, @Nullable String traceId) {
    if (from != null) {
      return from;
    }
    if (traceId != null) {
      return Instant.EPOCH;
    }
    return ColumnTime.clamp(Objects.requireNonNullElse(to, clock.instant())).minus(WINDOW);
  }

  @Operation(
      summary = "Get a trace by its id, or by the id of its request or response",
      description =
          "The id of a trace is in the header x-plumbline-trace of the answer. Several requests"
              + " may share one: then this is the newest of them.")
  @GetMapping("/{traceId}")
  @PreAuthorize("hasRole('VIEWER')")
  public TraceDetail getTrace(@PathVariable String traceId) {
    return traces
        .find(traceId)
        .map(found ->
            new TraceDetail(
                found.trace(),
                found.steps().stream()
                    .sorted(Comparator.comparingLong(TraceSteps.Step::startMicros))
                    .map(StepView::from)
                    .toList()))
        .orElseThrow(Problem::notFound);
  }

  @Operation(
      summary = "Get the proof that a request was recorded, which anybody can check offline",
      description =
          "The record is a leaf of a Merkle tree, whose root is in the ledger entry of eventType"
              + " and eventSubject. 409 until the minute of the request is over; 404 as well for a"
              + " call that was refused, since it is not metered.")
  @GetMapping("/{traceId}/receipt")
  @PreAuthorize("hasRole('VIEWER')")
  public Receipt getTraceReceipt(@PathVariable String traceId) {
    TraceView trace = traces.find(traceId).orElseThrow(Problem::notFound).trace();
    return records
        .receipt(trace.ledgerRecord(Caller.current().workspace()), trace.day())
        .orElseThrow(Problem::notFound);
  }

  @Operation(
      summary = "Get what is kept of what was asked and answered; the read itself is recorded",
      description = "404 as well when nothing was kept, or when it is kept no longer.")
  @GetMapping("/{traceId}/content")
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER', 'COMPLIANCE_OFFICER')")
  public TraceContentView getTraceContent(@PathVariable String traceId) {
    return contents.read(traceId).map(TraceContentView::from).orElseThrow(Problem::notFound);
  }
}
