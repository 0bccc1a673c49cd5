package io.plumbline.modelregistry.model;

import java.time.Instant;

/**
 * An immutable version. Its artifact's digest is the model's: the artifact names its encoder by
 * digest, so nothing that decides an answer is outside it.
 *
 * @param author who had it trained; {@code registeredBy} may be another
 */
public record ModelVersion(
    String model,
    int version,
    String description,
    String author,
    String registeredBy,
    Instant registeredAt,
    Lineage lineage) {}
