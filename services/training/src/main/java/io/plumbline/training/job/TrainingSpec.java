package io.plumbline.training.job;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.DigestConverter;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/**
 * What is trained, for which application and on what data: what a job, and all trials of a sweep,
 * have in common.
 *
 * @param seed of the order in which examples are seen
 * @param priority larger goes first
 * @param author the person who requested it, also when a sweep submits a trial
 */
@Embeddable
public record TrainingSpec(
    String application,
    String baseModel,
    @Enumerated(EnumType.STRING) TrainingMethod method,
    @Convert(converter = DigestConverter.class) Digest splitDigest,
    long seed,
    int priority,
    String author) {}
