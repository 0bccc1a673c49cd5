package io.plumbline.platform.data;

import io.plumbline.platform.identity.Caller;
import java.sql.PreparedStatement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sets the workspace whose rows PostgreSQL may show, at the start of every transaction. The setting
 * is local to the transaction, so a pooled connection never carries it to the next borrower.
 * Without a caller no row of an isolated table is visible.
 */
final class WorkspaceBinding implements TransactionExecutionListener {

  private final ObjectProvider<DataSource> dataSource;

  WorkspaceBinding(ObjectProvider<DataSource> dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
    if (failure == null) {
      Caller.find()
          .ifPresent(caller -> {
            try {
              bind(caller);
            } catch (RuntimeException unbound) {
              failAtCommit(unbound);
            }
          });
    }
  }

  /**
   * Makes a transaction fail that could not be bound to a workspace. An exception that left this
   * listener would leave the transaction open, because Spring cleans up only after a transaction
   * that has started, and this one has not yet. Its connection would be lost to the pool, and bound
   * to the thread from then on. Therefore the transaction goes on without a connection: no
   * statement in it succeeds, and it cannot commit.
   */
  private void failAtCommit(RuntimeException unbound) {
    DataSource source = dataSource.getObject();
    JdbcUtils.closeConnection(DataSourceUtils.getConnection(source));
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void beforeCommit(boolean readOnly) {
            throw unbound;
          }
        });
  }

  private void bind(Caller caller) {
    new JdbcTemplate(dataSource.getObject())
        .execute(
            "SELECT set_config('plumbline.workspace', ?, true)",
            (PreparedStatement statement) -> {
              statement.setString(1, caller.workspace().toString());
              return statement.execute();
            });
  }
}
