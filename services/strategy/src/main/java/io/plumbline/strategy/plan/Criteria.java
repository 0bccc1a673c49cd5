package io.plumbline.strategy.plan;

import io.plumbline.contracts.ComplianceEvent.ReceiptIssued;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import io.plumbline.strategy.application.ApplicationCatalog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Registers criteria before they judge anything. A version never changes; verdicts on an older one
 * remain valid.
 */
@Service
public class Criteria {

  /** The result of registering. */
  public record Registered(CriteriaView view, boolean fresh) {}

  private final ApplicationCatalog applications;
  private final PhaseTracker phases;
  private final JdbcClient sql;
  private final JsonMapper json;
  private final Clock clock;

  Criteria(
      ApplicationCatalog applications,
      PhaseTracker phases,
      JdbcClient sql,
      JsonMapper json,
      Clock clock) {
    this.applications = applications;
    this.phases = phases;
    this.sql = sql;
    this.json = json;
    this.clock = clock;
  }

  /** The same criteria as the current ones are not registered twice. */
  @Transactional
  public Registered register(String application, List<Criterion> criteria) {
    applications.lock(application);
    CriteriaSet set = CriteriaSet.of(application, criteria);
    Optional<CriteriaView> current = current(application);
    if (current.filter(view -> view.criteriaDigest().equals(set.digest())).isPresent()) {
      return new Registered(current.get(), false);
    }
    int version = current.map(CriteriaView::version).orElse(0) + 1;
    Caller caller = Caller.current();
    Instant now = clock.instant();
    UUID event =
        applications.publish(
            application,
            new CriteriaRegistered(application, version, set.digest(), set.criteria()));
    sql.sql(
            """
            INSERT INTO criteria (workspace_id, application, version, digest, criteria, author, registered_at, event_id)
            VALUES (?, ?, ?, ?, ?::jsonb, ?, ?, ?)
            """)
        .params(
            caller.workspace(),
            application,
            version,
            set.digest().hex(),
            json.writeValueAsString(set.criteria()),
            caller.actor(),
            now.atOffset(ZoneOffset.UTC),
            event)
        .update();
    phases.review(application);
    return new Registered(
        new CriteriaView(
            application, version, set.digest(), set.criteria(), caller.actor(), now, null),
        true);
  }

  @OnEvent
  @Transactional
  public void on(ReceiptIssued receipt) {
    sql.sql("UPDATE criteria SET ledger_index = ? WHERE event_id = ?")
        .params(receipt.ledgerIndex(), receipt.eventId())
        .update();
  }

  @Transactional(readOnly = true)
  public Optional<CriteriaView> current(String application) {
    return all(application).stream().findFirst();
  }

  /** Newest first; an application has few. */
  @Transactional(readOnly = true)
  public List<CriteriaView> all(String application) {
    return sql.sql("SELECT * FROM criteria WHERE application = ? ORDER BY version DESC")
        .param(application)
        .query(this::read)
        .list();
  }

  private CriteriaView read(ResultSet row, int number) throws SQLException {
    Long index = row.getObject("ledger_index", Long.class);
    return new CriteriaView(
        row.getString("application"),
        row.getInt("version"),
        new Digest(row.getString("digest")),
        json.readValue(row.getString("criteria"), new TypeReference<List<Criterion>>() {}),
        row.getString("author"),
        Columns.instant(row, "registered_at"),
        index == null ? null : new CriteriaView.Receipt(index));
  }
}
