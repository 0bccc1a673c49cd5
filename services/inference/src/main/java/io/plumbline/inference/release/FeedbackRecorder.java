package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.time.Clock;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores feedback with the response that it judges, and counts it for the arm that answered. Only
 * the first feedback of a response counts.
 */
@Component
class FeedbackRecorder {

  private final JdbcClient sql;
  private final Responses responses;
  private final Arms arms;
  private final Clock clock;

  FeedbackRecorder(JdbcClient sql, Responses responses, Arms arms, Clock clock) {
    this.sql = sql;
    this.responses = responses;
    this.arms = arms;
    this.clock = clock;
  }

  @Transactional
  void record(String responseId, boolean correct, @Nullable String correction) {
    Caller caller = Caller.current();
    Responses.Origin origin =
        responses
            .find(caller.workspace(), responseId)
            .orElseThrow(() ->
                Problem.invalid(
                    "/responseId",
                    "must be the id of one of the latest %d responses, from the last %d hours"
                        .formatted(Responses.CAPACITY, Responses.RETENTION.toHours())));
    Arm arm = origin.arm();
    Digest variant = origin.variant();
    int inserted =
        sql.sql(
                """
                INSERT INTO feedback
                  (workspace_id, response_id, release_id, arm, variant_digest, correct, correction,
                   created_by, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .param(caller.workspace())
            .param(responseId)
            .param(arm == null ? null : arm.releaseId())
            .param(arm == null ? null : arm.name())
            .param(variant == null ? null : variant.hex())
            .param(correct)
            .param(correction)
            .param(caller.actor())
            .param(clock.instant().atOffset(ZoneOffset.UTC))
            .update();
    if (inserted == 1 && arm != null) {
      arms.judged(caller.workspace(), arm, correct);
    }
  }
}
