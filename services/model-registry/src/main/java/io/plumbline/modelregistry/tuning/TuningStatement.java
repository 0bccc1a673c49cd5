package io.plumbline.modelregistry.tuning;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A statement that a provider's model was tuned.
 *
 * @param model the name under which inference addresses the model
 * @param reason the base model and the data that it was tuned on, as far as the person knows
 * @param confirmedBy the second person; absent while nobody has confirmed the statement, which has
 *     no effect until then
 */
record TuningStatement(
    UUID statementId,
    String model,
    String reason,
    String statedBy,
    Instant statedAt,
    @Nullable String confirmedBy,
    @Nullable Instant confirmedAt) {}
