package io.plumbline.strategy.plan;

import io.plumbline.contracts.EvaluationEvent.BaselineRecorded;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.PhaseChanged;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.identity.Caller;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.application.ApplicationCreated;
import io.plumbline.strategy.projection.EvidenceProjected;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the state of the phases up to date with the evidence and publishes each change. Each phase
 * is a separate aggregate with the key {@code application/PHASE}.
 */
@Service
public class PhaseTracker {

  private final ApplicationCatalog applications;
  private final PlanEvidenceReader evidence;
  private final JdbcClient sql;
  private final Outbox outbox;
  private final Clock clock;

  PhaseTracker(
      ApplicationCatalog applications,
      PlanEvidenceReader evidence,
      JdbcClient sql,
      Outbox outbox,
      Clock clock) {
    this.applications = applications;
    this.evidence = evidence;
    this.sql = sql;
    this.outbox = outbox;
    this.clock = clock;
  }

  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  public void on(ApplicationCreated created) {
    updatePhases(created.application());
  }

  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  public void on(EvidenceProjected projected) {
    updatePhasesIfKnown(projected.application());
  }

  @Bean
  static Projection<VerdictIssued> verdictIssued() {
    return Projection.of(VerdictIssued.class, "verdict")
        .column("id", "verdictId")
        .columns("kind", "application", "sequence", "phase", "subject_digest", "criteria_digest")
        .columns("run_id", "release_id", "outcome", "reasons")
        .time("issued_at");
  }

  @OnEvent
  @Transactional
  public void on(VerdictIssued verdict) {
    updatePhasesIfKnown(verdict.application());
  }

  @Bean
  static Projection<BaselineRecorded> baselineRecorded() {
    return Projection.of(BaselineRecorded.class, "baseline")
        .columns("application", "run_id")
        .column("variant_digest", "subjectDigest")
        .time("recorded_at");
  }

  @OnEvent
  @Transactional
  public void on(BaselineRecorded baseline) {
    updatePhasesIfKnown(baseline.application());
  }

  private void updatePhasesIfKnown(String application) {
    if (applications.lockIfKnown(application)) {
      updatePhases(application);
    }
  }

  /**
   * Recomputes the phases, then stores and publishes those that have changed. The caller must hold
   * the application's lock.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void updatePhases(String application) {
    Map<Phase, PhaseStatus> former =
        statuses(application).stream()
            .collect(Collectors.toMap(PhaseStatus::phase, Function.identity()));
    for (PhaseStatus now : PhasePlan.statuses(evidence.read(application))) {
      PhaseStatus before = former.get(now.phase());
      if (!now.equals(before)) {
        storeAndPublish(application, now);
      }
    }
  }

  @Transactional(readOnly = true)
  public List<PhaseStatus> statuses(String application) {
    return sql
        .sql("SELECT * FROM phase WHERE application = ?")
        .param(application)
        .query(PhaseTracker::readStatus)
        .list()
        .stream()
        .sorted((one, other) -> one.phase().compareTo(other.phase()))
        .toList();
  }

  private void storeAndPublish(String application, PhaseStatus now) {
    long version =
        sql.sql(
                """
                INSERT INTO phase AS known (workspace_id, application, phase, state, missing, verdicts, waiver,
                  reason, version, changed_at)
                VALUES (:workspace, :application, :phase, :state, :missing, :verdicts, :waiver, :reason, 1, :at)
                ON CONFLICT (workspace_id, application, phase) DO UPDATE
                  SET state = excluded.state, missing = excluded.missing, verdicts = excluded.verdicts,
                    waiver = excluded.waiver,
                    reason = excluded.reason, version = known.version + 1, changed_at = excluded.changed_at
                RETURNING version
                """)
            .param("workspace", Caller.current().workspace())
            .param("application", application)
            .param("phase", now.phase().name())
            .param("state", now.state().name())
            .param("missing", now.missingEvidence().toArray(String[]::new))
            .param("verdicts", now.verdictIds().toArray(UUID[]::new))
            .param("waiver", now.waiverId())
            .param("reason", now.reason())
            .param("at", clock.instant().atOffset(ZoneOffset.UTC))
            .query(Long.class)
            .single();
    outbox.append(
        new PhaseChanged(
            application,
            now.phase(),
            now.state(),
            now.missingEvidence(),
            now.verdictIds(),
            now.waiverId()),
        application + "/" + now.phase(),
        version);
  }

  private static PhaseStatus readStatus(ResultSet row, int number) throws SQLException {
    return new PhaseStatus(
        Phase.valueOf(row.getString("phase")),
        PhaseState.valueOf(row.getString("state")),
        Columns.texts(row, "missing"),
        Columns.ids(row, "verdicts"),
        row.getObject("waiver", UUID.class),
        row.getString("reason"));
  }
}
