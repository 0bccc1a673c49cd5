package io.plumbline.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database of a service, as an attacker with access to it has it. */
public final class ServiceDatabase implements AutoCloseable {

  static final String LEDGER = "compliance";

  private final Connection connection;

  private ServiceDatabase(Connection connection) {
    this.connection = connection;
  }

  /** Connects with every right, and with the triggers switched off. */
  public static ServiceDatabase asSuperuser(String service) {
    ServiceDatabase database = as(service, "postgres");
    database.run("SET session_replication_role = replica");
    return database;
  }

  /** Connects as the service itself. */
  static ServiceDatabase asService(String service) {
    return as(service, service.replace('-', '_') + "_app");
  }

  private static ServiceDatabase as(String service, String role) {
    // All databases are on one server.
    String url =
        Platform.setting(LEDGER, "SPRING_DATASOURCE_URL")
            .replaceFirst("[^/]+$", service.replace('-', '_'));
    try {
      return new ServiceDatabase(
          DriverManager.getConnection(url, role, Platform.secret("database/" + role)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void run(String... statements) {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs either all of the statements or none. */
  void atOnce(String... statements) {
    run("BEGIN");
    run(statements);
    run("COMMIT");
  }

  public long number(String query) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns the first column of the result of a query.
   *
   * @param patterns the query's one parameter, unless it has none
   */
  public List<String> texts(String query, String... patterns) {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      if (patterns.length > 0) {
        statement.setArray(1, connection.createArrayOf("text", patterns));
      }
      List<String> texts = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
