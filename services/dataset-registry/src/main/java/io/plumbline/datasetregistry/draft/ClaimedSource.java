package io.plumbline.datasetregistry.draft;

import io.plumbline.platform.problem.Problem;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The source of an item, as claimed by the person who added it. It is not verified: this service
 * cannot read traces, and the text may have been edited since.
 *
 * @param traceId the id of the request's trace; required for TRACE
 * @param responseId the id of its answer
 */
record ClaimedSource(
    @NotNull Kind kind,
    @Pattern(regexp = TRACE_ID, message = TRACE_ID_MESSAGE) @Nullable String traceId,
    @Pattern(regexp = ID, message = ID_MESSAGE) @Nullable String responseId) {

  private static final String TRACE_ID = "[0-9a-f]{32}";
  private static final String TRACE_ID_MESSAGE =
      "must be the id of a trace: 32 digits from 0-9 and a-f, not all of them 0";

  /** The invalid trace id of W3C Trace Context, which has the form of an id. */
  private static final String NO_TRACE = "0".repeat(32);

  private static final String ID = "[A-Za-z0-9_-]{1,200}";
  private static final String ID_MESSAGE = "must be letters, digits, _ or -, at most 200";

  /**
   * @throws Problem 400 when the trace id is required and missing, or is the invalid one
   */
  void requireTrace() {
    if (kind == Kind.TRACE && traceId == null) {
      throw Problem.invalid("/source/traceId", "is required for an item whose source is a TRACE");
    }
    if (NO_TRACE.equals(traceId)) {
      throw Problem.invalid("/source/traceId", TRACE_ID_MESSAGE);
    }
  }

  enum Kind {
    /** A request that was served. */
    TRACE,
    /** An input that was typed, or an answer that was given, in the playground. */
    PLAYGROUND
  }
}
