package io.plumbline.datasetregistry.draft;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an item comes from, as the person who added it says: this service sees no traces, and the
 * text may have been changed since.
 *
 * @param traceId of the request; required for TRACE
 * @param responseId of its answer
 */
record ClaimedSource(
    @NotNull Kind kind,
    @Pattern(regexp = ID, message = ID_MESSAGE) @Nullable String traceId,
    @Pattern(regexp = ID, message = ID_MESSAGE) @Nullable String responseId) {

  private static final String ID = "[A-Za-z0-9_-]{1,200}";
  private static final String ID_MESSAGE = "must be letters, digits, _ or -, at most 200";

  enum Kind {
    /** A request that was served. */
    TRACE,
    /** Typed, or answered, in the playground. */
    PLAYGROUND
  }
}
