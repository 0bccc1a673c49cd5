package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Secrets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The databases of the services. Each is owned by a role that migrates it and used by a role that
 * owns nothing. An auditor may read the ledger, and the tables of the other services that their
 * migrations show to it. Creating a role that exists sets its password again, so that secrets and
 * server cannot drift apart.
 */
public record Databases(Postgres server, Secrets secrets) {

  public static final String AUDITOR = "ledger_auditor";

  static String ownerRole(String database) {
    return database + "_owner";
  }

  static String appRole(String database) {
    return database + "_app";
  }

  public void create() {
    try (Connection admin = server.connect("postgres")) {
      createRole(admin, AUDITOR);
      createDatabase(admin, "keycloak");
      for (Application application : Application.values()) {
        if (application.hasDatabase()) {
          createDatabase(admin, application.database());
        }
      }
      grantAuditor();
    } catch (SQLException e) {
      throw new LauncherException(
          "PostgreSQL refused to create the databases: " + e.getMessage(), e);
    }
  }

  private void createDatabase(Connection admin, String name) throws SQLException {
    createRole(admin, ownerRole(name));
    createRole(admin, appRole(name));
    if (!exists(admin, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
      execute(admin, "CREATE DATABASE %s OWNER %s".formatted(name, ownerRole(name)));
    }
    execute(admin, "REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name));
    execute(
        admin, "GRANT CONNECT ON DATABASE %s TO %s, %s".formatted(name, appRole(name), AUDITOR));
    try (Connection inside = server.connect(name)) {
      execute(inside, "ALTER SCHEMA public OWNER TO " + ownerRole(name));
      execute(inside, "GRANT USAGE ON SCHEMA public TO " + appRole(name));
    }
  }

  private void grantAuditor() throws SQLException {
    String database = Application.COMPLIANCE.database();
    try (Connection inside = server.connect(database)) {
      execute(inside, "GRANT USAGE ON SCHEMA public TO " + AUDITOR);
      execute(inside, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + AUDITOR);
      execute(
          inside,
          "ALTER DEFAULT PRIVILEGES FOR ROLE %s IN SCHEMA public GRANT SELECT ON TABLES TO %s"
              .formatted(ownerRole(database), AUDITOR));
      // The function that counts the rows of evidence, which a migration creates.
      execute(
          inside,
          "ALTER DEFAULT PRIVILEGES FOR ROLE %s IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO %s"
              .formatted(ownerRole(database), AUDITOR));
    }
  }

  private void createRole(Connection admin, String name) throws SQLException {
    if (!exists(admin, "SELECT 1 FROM pg_roles WHERE rolname = ?", name)) {
      execute(admin, "CREATE ROLE " + name);
    }
    execute(
        admin,
        "ALTER ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '%s'"
            .formatted(name, secrets.database(name)));
  }

  private static boolean exists(Connection connection, String sql, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  /**
   * Executes DDL, which takes no parameters. Names are constants of this module and secrets are
   * URL-safe Base64, so neither needs to be escaped.
   */
  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
