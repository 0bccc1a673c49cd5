package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * Verifies the ledger from inside the service, one verification at a time; auditors run {@code
 * VerifyLedger} outside the service.
 */
@Component
public class SelfVerification {

  private final DataSource database;
  private final ReentrantLock running = new ReentrantLock();

  SelfVerification(DataSource database) {
    this.database = database;
  }

  public VerificationReport run() {
    if (!running.tryLock()) {
      throw new Problem(
              CommonProblem.STILL_RUNNING,
              "Another verification of the ledger is running; try again when it has finished.")
          .retryAfter(Duration.ofSeconds(5));
    }
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      try {
        return new LedgerVerification(connection, new SignedHeads(connection).keys(), null).run();
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The ledger cannot be read", e);
    } finally {
      running.unlock();
    }
  }
}
