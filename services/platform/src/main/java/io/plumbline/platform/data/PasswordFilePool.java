package io.plumbline.platform.data;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Lets the pool open its connections with the passwords of a {@link PasswordFile}. */
final class PasswordFilePool implements BeanPostProcessor {

  private final PasswordFile passwords;

  PasswordFilePool(Environment environment) {
    this.passwords =
        new PasswordFile(Path.of(environment.getRequiredProperty(PasswordFile.PROPERTY)));
  }

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource pool) {
      pool.setDataSource(new Connections(pool.getJdbcUrl(), pool.getUsername()));
    }
    return bean;
  }

  /** Connections of one role to one database, each opened anew. */
  private final class Connections extends AbstractDataSource {

    private final String url;
    private final String user;

    Connections(String url, String user) {
      this.url = url;
      this.user = user;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return getConnection(user, "");
    }

    /** The pool calls this one, with the password that it was configured with, if any. */
    @Override
    public Connection getConnection(String username, String configured) throws SQLException {
      return passwords.connect(password -> DriverManager.getConnection(url, username, password));
    }
  }
}
