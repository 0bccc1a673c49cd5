package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.Digest;
import java.time.Instant;

/**
 * Where a label points.
 *
 * @param locked whether it moves only through an approval
 */
public record LabelView(
    String label, int version, Digest digest, Instant movedAt, String movedBy, boolean locked) {}
