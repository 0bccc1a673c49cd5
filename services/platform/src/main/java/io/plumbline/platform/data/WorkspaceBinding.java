package io.plumbline.platform.data;

import io.plumbline.platform.identity.Caller;
import java.sql.PreparedStatement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Sets, at the start of every transaction, the workspace whose rows PostgreSQL may show. The
 * setting is local to the transaction, so a pooled connection never carries it to the next
 * borrower; without a caller no row of an isolated table is visible.
 */
final class WorkspaceBinding implements TransactionExecutionListener {

  private final ObjectProvider<DataSource> dataSource;

  WorkspaceBinding(ObjectProvider<DataSource> dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
    if (failure == null) {
      Caller.find().ifPresent(this::bind);
    }
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
