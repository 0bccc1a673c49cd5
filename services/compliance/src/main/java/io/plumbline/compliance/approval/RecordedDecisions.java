package io.plumbline.compliance.approval;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.event.EventReader;
import io.plumbline.platform.identity.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Checks whether the decisions that events record were made in the caller's workspace. */
@Component
public class RecordedDecisions {

  /** The type of the events that record a decision. */
  public static final String TYPE = EventTypes.typeOf(ApprovalDecided.class);

  private final JdbcClient sql;
  private final EventReader events;

  RecordedDecisions(JdbcClient sql, EventReader events) {
    this.sql = sql;
    this.events = events;
  }

  /**
   * Returns whether the decision that an event records was made here.
   *
   * @param value the value of an event of {@link #TYPE}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean wasMade(String value) {
    Optional<RecordedDecision> recorded =
        RecordedDecision.ofEvent(value.getBytes(StandardCharsets.UTF_8), events);
    return recorded.isPresent()
        && recorded.equals(
            sql.sql(RecordedDecision.SELECT + " WHERE workspace_id = ? AND id = ?")
                .params(Caller.current().workspace(), recorded.get().approvalId())
                .query((row, index) -> RecordedDecision.ofRow(row))
                .optional());
  }
}
