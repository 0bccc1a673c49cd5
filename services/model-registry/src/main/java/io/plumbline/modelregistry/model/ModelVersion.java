package io.plumbline.modelregistry.model;

import java.time.Instant;

/**
 * An immutable version. The digest of its artifact identifies it: the artifact names its encoder by
 * digest, so it holds everything that an answer depends on.
 *
 * @param author the author of the training job; {@code registeredBy} may be somebody else
 */
public record ModelVersion(
    String model,
    int version,
    String description,
    String author,
    String registeredBy,
    Instant registeredAt,
    Lineage lineage) {}
