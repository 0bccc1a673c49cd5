package io.plumbline.strategy.plan;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.WaiverRequested;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.application.ApplicationCatalog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Handles waivers. They are requested here, approved in compliance, and take effect when the event
 * of the approval arrives.
 */
@Service
public class Waivers {

  private final ApplicationCatalog applications;
  private final PhaseTracker phases;
  private final JdbcClient sql;
  private final Outbox outbox;
  private final Clock clock;
  private final NewestFirstReader<WaiverView> newest;

  Waivers(
      ApplicationCatalog applications,
      PhaseTracker phases,
      JdbcClient sql,
      Outbox outbox,
      Clock clock) {
    this.applications = applications;
    this.phases = phases;
    this.sql = sql;
    this.outbox = outbox;
    this.clock = clock;
    this.newest = new NewestFirstReader<>(sql, "waiver", Waivers::read, WaiverView::waiverId);
  }

  /**
   * Requests a waiver; a pending request for the same phase is returned instead of a second one.
   */
  @Transactional
  public WaiverView request(String application, Phase phase, String reason) {
    applications.lock(application);
    // An application from before a phase existed has no state of it yet.
    phases.updatePhases(application);
    phases.statuses(application).stream()
        .filter(each -> each.phase() == phase)
        .findFirst()
        .orElseThrow()
        .requireWaivable();
    return newest
        .first("application = ? AND phase = ? AND state = 'REQUESTED'", application, phase.name())
        .orElseGet(() -> create(application, phase, reason));
  }

  /** Applies the decision on a waiver; decisions on other requests are ignored. */
  @OnEvent
  @Transactional
  public void on(ApprovalDecided decided) {
    if (!decided.decides(WaiverRequested.class)) {
      return;
    }
    Optional<WaiverView> found = find(decided.requestId());
    if (found.isEmpty()) {
      return;
    }
    // The lock is taken before the state is read, so that two decisions cannot both find it
    // pending.
    applications.lock(found.get().application());
    find(decided.requestId())
        .filter(each -> each.state() == WaiverView.State.REQUESTED)
        .ifPresent(waiver -> applyDecision(waiver, decided));
  }

  /** Returns a page of an application's waivers, newest first. */
  @Transactional(readOnly = true)
  public Page<WaiverView> list(String application, PageRequest page) {
    return newest.page(page, "application = ?", application);
  }

  @Transactional(readOnly = true)
  public Optional<WaiverView> find(UUID waiverId) {
    return sql.sql("SELECT * FROM waiver WHERE id = ?")
        .param(waiverId)
        .query(Waivers::read)
        .optional();
  }

  private WaiverView create(String application, Phase phase, String reason) {
    Caller caller = Caller.current();
    Digest digest = WaiverView.digest(application, phase, reason);
    WaiverView waiver =
        new WaiverView(
            Ids.next(),
            application,
            phase,
            reason,
            digest,
            caller.actor(),
            clock.instant(),
            WaiverView.State.REQUESTED,
            null,
            null,
            null,
            null);
    sql.sql(
            """
            INSERT INTO waiver (workspace_id, id, application, phase, reason, digest, requester, requested_at, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            caller.workspace(),
            waiver.waiverId(),
            application,
            phase.name(),
            reason,
            digest.hex(),
            waiver.requester(),
            waiver.requestedAt().atOffset(ZoneOffset.UTC),
            waiver.state().name())
        .update();
    outbox.append(
        new WaiverRequested(
            waiver.waiverId(), application, phase, digest, reason, waiver.requester()),
        "waiver/" + waiver.waiverId(),
        1);
    return waiver;
  }

  private void applyDecision(WaiverView waiver, ApprovalDecided decided) {
    WaiverView.State state = waiver.stateAfter(decided.decision(), decided.subjectDigest());
    sql.sql(
            """
            UPDATE waiver SET state = :state, decided_by = :by, decided_at = :at, approval_id = :approval,
              decision_reason = :reason
            WHERE id = :id
            """)
        .param("state", state.name())
        .param("by", decided.decidedBy())
        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
        .param("approval", decided.approvalId())
        .param("reason", decided.reason())
        .param("id", waiver.waiverId())
        .update();
    if (state == WaiverView.State.APPROVED) {
      phases.updatePhases(waiver.application());
    }
  }

  private static WaiverView read(ResultSet row, int number) throws SQLException {
    return new WaiverView(
        row.getObject("id", UUID.class),
        row.getString("application"),
        Phase.valueOf(row.getString("phase")),
        row.getString("reason"),
        new Digest(row.getString("digest")),
        row.getString("requester"),
        Columns.instant(row, "requested_at"),
        WaiverView.State.valueOf(row.getString("state")),
        row.getString("decided_by"),
        Columns.instantOrNull(row, "decided_at"),
        row.getObject("approval_id", UUID.class),
        row.getString("decision_reason"));
  }
}
