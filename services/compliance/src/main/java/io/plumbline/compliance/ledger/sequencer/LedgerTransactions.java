package io.plumbline.compliance.ledger.sequencer;

import java.util.Objects;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs the ledger's work on the connection of a transaction. */
@Component
final class LedgerTransactions {

  private final JdbcTemplate sql;
  private final TransactionTemplate transactions;

  LedgerTransactions(JdbcTemplate sql, PlatformTransactionManager transactions) {
    this.sql = sql;
    this.transactions = new TransactionTemplate(transactions);
  }

  /** Runs work in a transaction and returns its result. */
  <T> T run(ConnectionCallback<T> work) {
    return Objects.requireNonNull(transactions.execute(status -> sql.execute(work)));
  }
}
