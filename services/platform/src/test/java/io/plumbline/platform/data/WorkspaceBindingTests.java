package io.plumbline.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.identity.Caller;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("servers")
class WorkspaceBindingTests {

  private static final UUID ACME = new UUID(0, 1);

  /** A data source whose next connection can be lost before its first statement. */
  private static final class Losing extends AbstractDataSource {
    private final PlatformDatabase database = new PlatformDatabase();
    private final List<Connection> given = new ArrayList<>();
    private boolean lost;

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = database.connection();
      given.add(connection);
      boolean fails = lost;
      lost = false;
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                if (fails && method.getName().equals("prepareStatement")) {
                  throw new SQLException("the connection is lost", "08006");
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getTargetException();
                }
              });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }
  }

  private final Losing source = new Losing();
  private final JdbcTemplate sql = new JdbcTemplate(source);
  private final TransactionTemplate transaction = new TransactionTemplate(manager());

  private JdbcTransactionManager manager() {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("dataSource", source);
    JdbcTransactionManager manager = new JdbcTransactionManager(source);
    manager.addListener(new WorkspaceBinding(beans.getBeanProvider(javax.sql.DataSource.class)));
    return manager;
  }

  @Test
  void a_transaction_sees_the_workspace_of_its_caller() {
    assertThat(workspace()).isEqualTo(ACME.toString());
  }

  @Test
  void a_connection_that_is_lost_at_the_start_of_a_transaction_is_given_back() throws SQLException {
    source.lost = true;

    assertThatExceptionOfType(DataAccessException.class).isThrownBy(this::workspace);

    assertThat(source.given.getFirst().isClosed()).isTrue();
    assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
    assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
    assertThat(workspace()).as("of the same thread's next transaction").isEqualTo(ACME.toString());
  }

  @Test
  void a_transaction_that_has_no_workspace_commits_nothing() {
    source.lost = true;

    assertThatExceptionOfType(DataAccessResourceFailureException.class)
        .isThrownBy(
            () -> Caller.system(ACME).run(() -> transaction.executeWithoutResult(status -> {})));
  }

  private String workspace() {
    List<String> seen = new ArrayList<>();
    Caller.system(ACME)
        .run(() ->
            transaction.executeWithoutResult(status ->
                seen.addAll(
                    sql.queryForList(
                        "SELECT current_setting('plumbline.workspace', true)", String.class))));
    return seen.getFirst();
  }
}
