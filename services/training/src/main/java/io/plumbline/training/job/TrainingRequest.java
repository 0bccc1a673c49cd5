package io.plumbline.training.job;

import io.plumbline.contracts.Digest;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants trained.
 *
 * @param priority larger goes first
 * @param maxSpend US dollars after which the job stops; absent when there is no cap
 * @param sweepId the search that this is a trial of
 * @param author the person who asked, also when a search submits in their name
 */
public record TrainingRequest(
    String application,
    String baseModel,
    TrainingMethod method,
    Digest splitDigest,
    Configuration configuration,
    long seed,
    int priority,
    @Nullable BigDecimal maxSpend,
    @Nullable UUID sweepId,
    String author) {}
