package io.plumbline.inference.feedback;

import io.plumbline.inference.trace.ContentPolicy;
import java.time.Instant;

/**
 * A correction: the answer that a caller says should have been given.
 *
 * @param contents how the text is kept: masked or in full
 */
record CorrectionView(
    String metric, String caller, ContentPolicy contents, String text, Instant recordedAt) {}
