package io.plumbline.compliance.ledger;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * Verifies the ledger from inside, one verification at a time; what convinces an auditor is {@link
 * VerifyLedger} from outside.
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
              "A verification runs already: ask again when it has ended.")
          .retryAfter(Duration.ofSeconds(5));
    }
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      try {
        return new LedgerVerification(connection, VerifyLedger.storedKeys(connection), null).run();
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
