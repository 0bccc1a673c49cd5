package io.plumbline.modelregistry.tuning;

import io.plumbline.contracts.ModelRegistryEvent.TuningConfirmed;
import io.plumbline.contracts.ModelRegistryEvent.TuningRejected;
import io.plumbline.contracts.ModelRegistryEvent.TuningStated;
import io.plumbline.contracts.ModelRegistryEvent.TuningWithdrawn;
import io.plumbline.modelregistry.proposal.ProposalRules;
import io.plumbline.modelregistry.tuning.TuningStatement.State;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.OpenProposals;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the statements that providers' models were tuned, and who decided them. */
@Service
class TuningStatements {

  /** The statements with their state, which follows from who confirmed or ended them. */
  private static final String STATEMENTS =
      """
      (SELECT *, coalesce(ended_as, CASE WHEN confirmed_at IS NULL THEN 'PROPOSED' ELSE 'CONFIRMED' END) AS state
       FROM tuning_statement) AS statement\
      """;

  private final JdbcClient sql;
  private final Outbox outbox;
  private final Clock clock;
  private final OpenProposals open;
  private final NewestFirstReader<TuningStatement> newest;

  TuningStatements(
      JdbcClient sql,
      Outbox outbox,
      Clock clock,
      @Value("${plumbline.tuning-statements.proposed:1000}") long perWorkspace,
      @Value("${plumbline.tuning-statements.proposed-per-person:250}") long perPerson) {
    this.sql = sql;
    this.outbox = outbox;
    this.clock = clock;
    this.open =
        OpenProposals.of(
            sql,
            "open statements about tuned models",
            "tuning_statement WHERE workspace_id = ? AND confirmed_at IS NULL AND ended_as IS NULL",
            "stated_by",
            ProposalRules.REMEDY,
            "plumbline.tuning-statements.proposed",
            perWorkspace,
            perPerson);
    this.newest =
        new NewestFirstReader<>(
            sql, STATEMENTS, TuningStatements::read, TuningStatement::statementId);
  }

  /**
   * Records a statement.
   *
   * @throws Problem 409 if there is one about the model that is open or confirmed, or if too many
   *     are open
   */
  @Transactional
  TuningStatement create(String model, String reason) {
    UUID id = Ids.next();
    Caller caller = Caller.current();
    open.requireRoom();
    int added =
        sql.sql(
                """
                INSERT INTO tuning_statement (workspace_id, id, model, reason, stated_by, stated_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (workspace_id, model) WHERE ended_as IS NULL DO NOTHING
                """)
            .params(caller.workspace(), id, model, reason, caller.actor(), now())
            .update();
    if (added == 0) {
      throw new Problem(
          TuningProblem.ALREADY_STATED,
          "There is a statement about '%s' already. Confirm that one, if another person made it."
              .formatted(model));
    }
    outbox.append(new TuningStated(id, model, reason, caller.actor()), subject(id), 1);
    return find(id).orElseThrow();
  }

  /**
   * Confirms an open statement.
   *
   * @throws Problem 403 for the person who made it, 409 if it is no longer open
   */
  @Transactional
  TuningStatement confirm(UUID id) {
    TuningStatement statement = lock(id);
    ProposalRules.requireSecondPerson(statement.statedBy());
    requireOpen(statement);
    String person = Caller.current().actor();
    sql.sql("UPDATE tuning_statement SET confirmed_by = ?, confirmed_at = ? WHERE id = ?")
        .params(person, now(), id)
        .update();
    outbox.append(
        new TuningConfirmed(id, statement.model(), statement.statedBy(), person), subject(id), 2);
    return find(id).orElseThrow();
  }

  /**
   * Rejects an open statement.
   *
   * @throws Problem 403 for the person who made it, 409 if it is no longer open
   */
  @Transactional
  TuningStatement reject(UUID id, String reason) {
    TuningStatement statement = lock(id);
    ProposalRules.requireSecondPerson(statement.statedBy());
    requireOpen(statement);
    end(id, State.REJECTED, reason);
    outbox.append(
        new TuningRejected(
            id, statement.model(), statement.statedBy(), Caller.current().actor(), reason),
        subject(id),
        2);
    return find(id).orElseThrow();
  }

  /**
   * Withdraws an open statement of the caller.
   *
   * @throws Problem 403 for anybody but the person who made it, 409 if it is no longer open
   */
  @Transactional
  TuningStatement withdraw(UUID id) {
    TuningStatement statement = lock(id);
    ProposalRules.requireMaker(statement.statedBy());
    requireOpen(statement);
    end(id, State.WITHDRAWN, null);
    outbox.append(new TuningWithdrawn(id, statement.model(), statement.statedBy()), subject(id), 2);
    return find(id).orElseThrow();
  }

  private TuningStatement lock(UUID id) {
    return sql.sql("SELECT * FROM " + STATEMENTS + " WHERE id = ? FOR UPDATE")
        .param(id)
        .query(TuningStatements::read)
        .optional()
        .orElseThrow(Problem::notFound);
  }

  private static void requireOpen(TuningStatement statement) {
    ProposalRules.requireOpen(statement.state(), State.PROPOSED, statement.decidedBy());
  }

  private void end(UUID id, State state, @Nullable String reason) {
    sql.sql(
            "UPDATE tuning_statement SET ended_as = ?, ended_by = ?, ended_at = ?, end_reason = ?"
                + " WHERE id = ?")
        .params(
            Arrays.<@Nullable Object>asList(
                state.name(), Caller.current().actor(), now(), reason, id))
        .update();
  }

  /**
   * Returns a page of statements, newest first.
   *
   * @param state the state of the listed statements; all states if absent
   */
  @Transactional(readOnly = true)
  Page<TuningStatement> list(@Nullable State state, PageRequest page) {
    String name = state == null ? null : state.name();
    return newest.page(page, "?::text IS NULL OR state = ?", name, name);
  }

  @Transactional(readOnly = true)
  Optional<TuningStatement> find(UUID id) {
    return newest.first("id = ?", id);
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static String subject(UUID id) {
    return "tuning-statement/" + id;
  }

  private static TuningStatement read(ResultSet row, int number) throws SQLException {
    State state = State.valueOf(row.getString("state"));
    String decision = state == State.CONFIRMED ? "confirmed" : "ended";
    return new TuningStatement(
        row.getObject("id", UUID.class),
        row.getString("model"),
        row.getString("reason"),
        row.getString("stated_by"),
        Columns.instant(row, "stated_at"),
        state,
        row.getString(decision + "_by"),
        Columns.instantOrNull(row, decision + "_at"),
        row.getString("end_reason"));
  }
}
