package io.plumbline.modelregistry.tuning;

import io.plumbline.contracts.ModelRegistryEvent.TuningConfirmed;
import io.plumbline.contracts.ModelRegistryEvent.TuningStated;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the statements that providers' models were tuned, and who confirmed them. */
@Service
class TuningStatements {

  private final JdbcClient sql;
  private final Outbox outbox;
  private final Clock clock;
  private final NewestFirstReader<TuningStatement> newest;

  TuningStatements(JdbcClient sql, Outbox outbox, Clock clock) {
    this.sql = sql;
    this.outbox = outbox;
    this.clock = clock;
    this.newest =
        new NewestFirstReader<>(
            sql, "tuning_statement", TuningStatements::read, TuningStatement::statementId);
  }

  /**
   * Records a statement.
   *
   * @throws Problem 409 if there is one about the model
   */
  @Transactional
  TuningStatement create(String model, String reason) {
    UUID id = Ids.next();
    Caller caller = Caller.current();
    int added =
        sql.sql(
                """
                INSERT INTO tuning_statement (workspace_id, id, model, reason, stated_by, stated_at)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, model) DO NOTHING
                """)
            .params(
                caller.workspace(),
                id,
                model,
                reason,
                caller.actor(),
                clock.instant().atOffset(ZoneOffset.UTC))
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
   * Confirms a statement, once.
   *
   * @throws Problem 403 for the person who made it, 409 if it is confirmed already
   */
  @Transactional
  TuningStatement confirm(UUID id) {
    TuningStatement statement =
        sql.sql("SELECT * FROM tuning_statement WHERE id = ? FOR UPDATE")
            .param(id)
            .query(TuningStatements::read)
            .optional()
            .orElseThrow(Problem::notFound);
    String person = Caller.current().actor();
    if (statement.statedBy().equals(person)) {
      throw new Problem(
          TuningProblem.OWN_STATEMENT,
          "You made this statement, so another person has to confirm it.");
    }
    if (statement.confirmedBy() != null) {
      throw new Problem(
          TuningProblem.ALREADY_CONFIRMED, "The statement is confirmed already, and holds.");
    }
    sql.sql("UPDATE tuning_statement SET confirmed_by = ?, confirmed_at = ? WHERE id = ?")
        .params(person, clock.instant().atOffset(ZoneOffset.UTC), id)
        .update();
    outbox.append(
        new TuningConfirmed(id, statement.model(), statement.statedBy(), person), subject(id), 2);
    return find(id).orElseThrow();
  }

  @Transactional(readOnly = true)
  Page<TuningStatement> list(PageRequest page) {
    return newest.page(page, "true");
  }

  @Transactional(readOnly = true)
  Optional<TuningStatement> find(UUID id) {
    return newest.first("id = ?", id);
  }

  private static String subject(UUID id) {
    return "tuning-statement/" + id;
  }

  private static TuningStatement read(ResultSet row, int number) throws SQLException {
    return new TuningStatement(
        row.getObject("id", UUID.class),
        row.getString("model"),
        row.getString("reason"),
        row.getString("stated_by"),
        Columns.instant(row, "stated_at"),
        row.getString("confirmed_by"),
        Columns.instantOrNull(row, "confirmed_at"));
  }
}
