package io.plumbline.platform.data;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Lets the pool open its connections with the passwords of a {@link PasswordFile}. */
final class PasswordFilePool implements BeanPostProcessor {

  private final DatabaseLogin login;

  PasswordFilePool(Environment environment) {
    this.login = new DatabaseLogin(environment);
  }

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource pool) {
      pool.setDataSource(new Connections());
    }
    return bean;
  }

  /** Connections of the service's role, each opened anew. */
  private final class Connections extends AbstractDataSource {

    @Override
    public Connection getConnection() throws SQLException {
      return login.connect();
    }

    /** The pool calls this one, with what it was configured with. */
    @Override
    public Connection getConnection(String username, String configured) throws SQLException {
      return login.connect();
    }
  }
}
