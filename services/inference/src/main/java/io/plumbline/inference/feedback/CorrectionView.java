package io.plumbline.inference.feedback;

import io.plumbline.inference.trace.Contents;
import java.time.Instant;

/**
 * What a caller says should have been answered.
 *
 * @param contents how the text is kept
 */
record CorrectionView(
    String metric, String caller, Contents contents, String text, Instant recordedAt) {}
