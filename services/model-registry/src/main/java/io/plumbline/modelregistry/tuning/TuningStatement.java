package io.plumbline.modelregistry.tuning;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A statement that a provider's model was tuned. It has no effect unless a second person confirms
 * it.
 *
 * @param model the name under which inference addresses the model
 * @param reason the base model and the data that it was tuned on, as far as the person knows
 * @param decidedBy the second person, or the first one if they withdrew the statement; absent while
 *     it is open
 * @param decisionReason why it was rejected
 */
record TuningStatement(
    UUID statementId,
    String model,
    String reason,
    String statedBy,
    Instant statedAt,
    State state,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String decisionReason) {

  /** The state of a statement. All states but the first are final. */
  enum State {
    PROPOSED,
    CONFIRMED,
    REJECTED,
    WITHDRAWN
  }
}
