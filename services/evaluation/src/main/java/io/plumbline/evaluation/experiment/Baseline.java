package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Phase;
import java.time.Instant;
import java.util.UUID;

/**
 * The run that changes of a phase are held against, from the moment it is recorded until another
 * is.
 */
public record Baseline(
    UUID id,
    String application,
    Phase phase,
    UUID runId,
    int number,
    String recordedBy,
    Instant recordedAt) {}
