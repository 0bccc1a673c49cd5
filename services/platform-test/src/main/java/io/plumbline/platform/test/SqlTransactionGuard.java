package io.plumbline.platform.test;

import java.lang.StackWalker.StackFrame;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Refuses SQL outside of a transaction. Such SQL would be bound to no workspace, see no rows, and
 * look like it ran on an empty table.
 */
final class SqlTransactionGuard implements BeanPostProcessor {

  private static final String HEALTH = "org.springframework.boot.jdbc.health";

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof DataSource source && !(bean instanceof Guarded)) {
      return new Guarded(source);
    }
    return bean;
  }

  private static final class Guarded extends DelegatingDataSource {

    Guarded(DataSource source) {
      super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
      if (!TransactionSynchronizationManager.isActualTransactionActive() && isOurSql()) {
        throw new IllegalStateException(
            "SQL ran outside of a transaction, where it sees no rows of any workspace. Add"
                + " @Transactional to the method that runs it.");
      }
      return super.getConnection();
    }

    /**
     * Returns whether our SQL takes the connection. The beginning of a transaction and the start of
     * Hibernate take connections too, and the health check reads no table.
     */
    private static boolean isOurSql() {
      return StackWalker.getInstance()
          .walk(frames -> {
            var names = frames.map(StackFrame::getClassName).toList();
            return names.contains(JdbcTemplate.class.getName())
                && names.stream().noneMatch(each -> each.startsWith(HEALTH));
          });
    }
  }
}
