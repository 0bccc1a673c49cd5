package io.plumbline.inference.trace;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.ColumnTime;
import io.plumbline.inference.enduser.EndUserPseudonymizer;
import io.plumbline.inference.trace.ContentReads.Excerpt;
import io.plumbline.inference.trace.TraceFilter.CallOrigin;
import io.plumbline.inference.trace.TraceFilter.Judged;
import io.plumbline.inference.trace.TraceRecord.Status;
import io.plumbline.inference.usage.Receipt;
import io.plumbline.inference.usage.UsageRecords;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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

  /** The default period of a search for a text, which reads contents. */
  private static final Duration TEXT_WINDOW = Duration.ofDays(1);

  /** The longest period of a histogram. */
  private static final Duration MAX_HISTOGRAM = Duration.ofDays(31);

  /** The largest number of buckets of a histogram. */
  private static final long MAX_BUCKETS = 60;

  /** The widths of a histogram's buckets, in minutes. */
  private static final List<Integer> WIDTHS = List.of(1, 5, 15, 30, 60, 120, 180, 360, 720, 1_440);

  /** The longest user or session that traces are searched by. */
  private static final int MAX_TEXT = 1_000;

  /** The longest duration that traces are searched by: a day. */
  private static final long MAX_MILLIS = 86_400_000;

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
   * A trace in a list, with the beginnings of its contents.
   *
   * @param question the beginning of the user's last message, masked; like the answer, absent where
   *     none is kept and for callers who may not read contents
   * @param answer the beginning of the answer, masked, or its calls of tools
   */
  record ListedTrace(
      @JsonUnwrapped TraceView trace, @Nullable String question, @Nullable String answer) {}

  /**
   * A page of traces.
   *
   * @param searchedFrom the arrival of the earliest call whose contents were searched for the text;
   *     absent when all of the period were searched, and without a text
   */
  record TracePage(
      List<ListedTrace> items,
      @Nullable String nextPageToken,
      Page.Total total,
      @Nullable Instant searchedFrom) {}

  /**
   * The calls and errors over time.
   *
   * @param bucketSeconds the width of each bucket; the first may begin before {@code from}, the
   *     last may end after {@code to}, and both count only what is within
   */
  record TraceHistogram(
      Instant from, Instant to, long bucketSeconds, List<TraceReads.Bucket> buckets) {}

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
      ContentPolicy contents,
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
  private final ContentSearch search;
  private final UsageRecords records;
  private final EndUserPseudonymizer endUserPseudonymizer;
  private final Clock clock;

  TraceController(
      TraceReads traces,
      ContentReads contents,
      ContentSearch search,
      UsageRecords records,
      EndUserPseudonymizer endUserPseudonymizer,
      Clock clock) {
    this.traces = traces;
    this.contents = contents;
    this.search = search;
    this.records = records;
    this.endUserPseudonymizer = endUserPseudonymizer;
    this.clock = clock;
  }

  @Operation(
      summary = "List traces, newest first",
      description =
          "Without from or traceId, lists the traces of the last seven days. user matches the user"
              + " or safety_identifier of a call, which is hashed before the search, or the"
              + " userHash of a trace. session matches session_id or session in the metadata of a"
              + " call, or the sessionId of a trace. origin is PRODUCTION for calls of an"
              + " application or with an API key, EVALUATION for those of a service, and PLAYGROUND"
              + " for other calls of people; the last two are not known of older traces. feedback"
              + " is NONE for complete answers that nobody judged, and GIVEN for those that"
              + " somebody did. question and answer are masked and cut to 200 characters, and null"
              + " for callers who may not read contents. text finds calls whose kept question or"
              + " answer, masked, contains it in upper or lower case; only callers who may read"
              + " contents may search them. Without from or traceId, it covers the last 24 hours."
              + " It looks at the newest 10,000 calls at most; if it ended before the period did,"
              + " searchedFrom is the earliest that it looked at, and total is not exact.")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public TracePage listTraces(
      @RequestParam(required = false) @Nullable String application,
      @RequestParam(required = false) @Nullable Digest variant,
      @RequestParam(required = false) @Nullable String model,
      @RequestParam(required = false) @Nullable Status status,
      @RequestParam(required = false) @Nullable String caller,
      @RequestParam(required = false) @Nullable @Size(max = MAX_TEXT) String user,
      @RequestParam(required = false) @Nullable @Size(max = MAX_TEXT) String session,
      @RequestParam(required = false) @Nullable String traceId,
      @RequestParam(required = false) @Nullable CallOrigin origin,
      @RequestParam(required = false) @Nullable Judged feedback,
      @RequestParam(required = false) @Nullable @Min(0) @Max(MAX_MILLIS) Long minMillis,
      @RequestParam(required = false)
          @Nullable
          @Size(min = ContentSearch.MIN_CHARACTERS, max = ContentSearch.MAX_CHARACTERS)
          String text,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      PageRequest page) {
    UUID workspace = Caller.current().workspace();
    ContentSearch.Found searched =
        searched(
            new TraceFilter(
                application,
                variant,
                model,
                status,
                caller,
                userHashes(workspace, user),
                sessionIds(workspace, session),
                traceId,
                origin,
                feedback,
                minMillis,
                startOrDefault(from, to, traceId, text),
                to,
                null),
            text);
    Page<TraceView> found = traces.page(searched.filter(), page);
    Map<UUID, Excerpt> excerpts = contents.excerpts(found.items());
    List<ListedTrace> items =
        found.items().stream()
            .map(trace -> {
              Excerpt excerpt = excerpts.getOrDefault(trace.requestId(), Excerpt.NONE);
              return new ListedTrace(trace, excerpt.question(), excerpt.answer());
            })
            .toList();
    Page.Total total = found.total();
    return new TracePage(
        items,
        found.nextPageToken(),
        new Page.Total(total.value(), total.exact() && searched.searchedFrom() == null),
        searched.searchedFrom());
  }

  private ContentSearch.Found searched(TraceFilter filter, @Nullable String text) {
    return text == null ? new ContentSearch.Found(filter, null) : search.search(filter, text);
  }

  @Operation(
      summary = "Count calls and errors over time, with the filters of the list of traces",
      description =
          "Without from, counts the last seven days, or the last 24 hours with text; a period is at"
              + " most 31 days long. There are at most 60 buckets. An error is a trace with the"
              + " status ERROR. If a search for text ended before the period did, from is the"
              + " earliest call that it looked at.")
  @GetMapping("/histogram")
  @PreAuthorize("hasRole('VIEWER')")
  public TraceHistogram getTraceHistogram(
      @RequestParam(required = false) @Nullable String application,
      @RequestParam(required = false) @Nullable Digest variant,
      @RequestParam(required = false) @Nullable String model,
      @RequestParam(required = false) @Nullable Status status,
      @RequestParam(required = false) @Nullable String caller,
      @RequestParam(required = false) @Nullable @Size(max = MAX_TEXT) String user,
      @RequestParam(required = false) @Nullable @Size(max = MAX_TEXT) String session,
      @RequestParam(required = false) @Nullable CallOrigin origin,
      @RequestParam(required = false) @Nullable Judged feedback,
      @RequestParam(required = false) @Nullable @Min(0) @Max(MAX_MILLIS) Long minMillis,
      @RequestParam(required = false)
          @Nullable
          @Size(min = ContentSearch.MIN_CHARACTERS, max = ContentSearch.MAX_CHARACTERS)
          String text,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to) {
    Instant until = ColumnTime.clamp(Objects.requireNonNullElseGet(to, clock::instant));
    Instant since = ColumnTime.clamp(startOrDefault(from, until, null, text));
    if (!since.isBefore(until)) {
      throw Problem.invalid("from", "must be before to");
    }
    if (since.plus(MAX_HISTOGRAM).isBefore(until)) {
      throw Problem.invalid(
          "from",
          "is more than %d days before to; choose a shorter period"
              .formatted(MAX_HISTOGRAM.toDays()));
    }
    UUID workspace = Caller.current().workspace();
    TraceFilter filter =
        new TraceFilter(
            application,
            variant,
            model,
            status,
            caller,
            userHashes(workspace, user),
            sessionIds(workspace, session),
            null,
            origin,
            feedback,
            minMillis,
            since,
            until,
            null);
    ContentSearch.Found searched = searched(filter, text);
    return histogram(
        searched.filter(), Objects.requireNonNullElse(searched.searchedFrom(), since), until);
  }

  private TraceHistogram histogram(TraceFilter filter, Instant since, Instant until) {
    long end = until.minusNanos(1).getEpochSecond();
    long width =
        WIDTHS.stream()
            .mapToLong(minutes -> 60L * minutes)
            .filter(each -> end / each - since.getEpochSecond() / each < MAX_BUCKETS)
            .findFirst()
            .orElseThrow();
    Map<Instant, TraceReads.Bucket> counted =
        traces.histogram(filter, width).stream()
            .collect(Collectors.toMap(TraceReads.Bucket::from, bucket -> bucket));
    List<TraceReads.Bucket> buckets =
        LongStream.rangeClosed(since.getEpochSecond() / width, end / width)
            .mapToObj(number -> Instant.ofEpochSecond(number * width))
            .map(start -> counted.getOrDefault(start, new TraceReads.Bucket(start, 0, 0)))
            .toList();
    return new TraceHistogram(since, until, width, buckets);
  }

  private @Nullable List<String> userHashes(UUID workspace, @Nullable String user) {
    return user == null ? null : endUserPseudonymizer.userHashes(workspace, user);
  }

  private @Nullable List<String> sessionIds(UUID workspace, @Nullable String session) {
    return session == null ? null : endUserPseudonymizer.storedSessionIds(workspace, session);
  }

  private Instant startOrDefault(
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String traceId,
      @Nullable String text) {
    if (from != null) {
      return from;
    }
    if (traceId != null) {
      return Instant.EPOCH;
    }
    return ColumnTime.clamp(Objects.requireNonNullElse(to, clock.instant()))
        .minus(text == null ? WINDOW : TEXT_WINDOW);
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
