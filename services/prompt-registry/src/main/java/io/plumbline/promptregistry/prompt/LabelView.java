package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.Digest;
import java.time.Instant;

/**
 * A label and the version it points to.
 *
 * @param locked whether the label moves only after an approval
 */
public record LabelView(
    String label, int version, Digest digest, Instant movedAt, String movedBy, boolean locked) {}
