package io.plumbline.strategy.assessment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An assessment as it was completed, or as it would result now.
 *
 * @param assessmentId the id; absent for an assessment that is computed now and not stored
 */
public record AssessmentView(
    @Nullable UUID assessmentId,
    String application,
    Answers answers,
    @JsonUnwrapped Assessment result,
    @Nullable String author,
    @Nullable Instant completedAt) {}
