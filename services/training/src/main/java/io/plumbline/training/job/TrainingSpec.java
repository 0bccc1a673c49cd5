package io.plumbline.training.job;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.DigestConverter;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/**
 * The specification of a training: the base model, the application and the data. All trials of a
 * sweep share one.
 *
 * @param seed the seed of the order of the examples
 * @param priority the priority of the job; a higher one runs first
 * @param author the person who requested it, even if a sweep submits the job as a trial
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
