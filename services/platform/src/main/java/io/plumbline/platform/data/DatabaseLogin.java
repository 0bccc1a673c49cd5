package io.plumbline.platform.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.core.env.Environment;

/**
 * The login of the service's role at its database: the one of {@code spring.datasource}, with the
 * passwords of a {@link PasswordFile} if the configuration names one.
 */
public final class DatabaseLogin {

  private final String url;
  private final String user;
  private final String configured;
  private final Optional<PasswordFile> file;

  public DatabaseLogin(Environment environment) {
    this.url = environment.getProperty("spring.datasource.url", "");
    this.user = environment.getProperty("spring.datasource.username", "");
    this.configured = environment.getProperty("spring.datasource.password", "");
    this.file =
        Optional.ofNullable(environment.getProperty(PasswordFile.PROPERTY))
            .map(name -> new PasswordFile(Path.of(name)));
  }

  /** Returns the JDBC URL of the database; empty if the service has none. */
  public String url() {
    return url;
  }

  public String user() {
    return user;
  }

  /** Opens a connection that belongs to no pool. */
  public Connection connect() throws SQLException {
    return connect(password -> DriverManager.getConnection(url, user, password));
  }

  /**
   * Opens a connection in another way.
   *
   * @throws SQLException when no password is right, or the database is away
   */
  public Connection connect(PasswordFile.Opener opener) throws SQLException {
    return file.isPresent() ? file.get().connect(opener) : opener.open(configured);
  }
}
