package io.plumbline.compliance.verification;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The databases of the services, read by the role that verifies them and can change nothing.
 *
 * @param url the JDBC URL of a database, with <code>{database}</code> in the place of its name;
 *     absent if the tables of services are not compared with the ledger
 */
@ConfigurationProperties("plumbline.evidence")
record EvidenceDatabases(
    @Nullable String url, @Nullable String username, @Nullable String password) {

  private static final String NAME = "{database}";

  /** Returns whether the databases can be reached. */
  boolean areConfigured() {
    return url != null && !url.isBlank();
  }

  /**
   * Opens a connection that reads the tables of the schema {@code public}, whatever search path the
   * role or the database has, unless the URL names another schema.
   */
  static Connection connect(String url, @Nullable String username, @Nullable String password)
      throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("currentSchema", "public");
    if (username != null) {
      settings.setProperty("user", username);
    }
    if (password != null) {
      settings.setProperty("password", password);
    }
    return DriverManager.getConnection(url, settings);
  }

  /** Starts a read-only transaction on the database of a service. */
  Connection open(String service) throws SQLException {
    if (url == null) {
      throw new IllegalStateException(
          "The tables of services cannot be read: set plumbline.evidence.url");
    }
    Connection connection =
        connect(url.replace(NAME, service.replace('-', '_')), username, password);
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    return connection;
  }
}
