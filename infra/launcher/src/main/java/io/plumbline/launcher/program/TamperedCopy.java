package io.plumbline.launcher.program;

import io.plumbline.launcher.component.Databases;
import io.plumbline.launcher.component.Postgres;
import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.LauncherException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * A scratch copy of the ledger, in a schema of its own, in which one entry is altered. It shows
 * that the verifier finds the change.
 */
record TamperedCopy(Postgres server) {

  private static final String SCHEMA = "ledger_scratch";
  static final List<String> APPEND_ONLY =
      List.of(
          "ledger_partition",
          "ledger_message",
          "ledger_skip",
          "ledger_entry",
          "ledger_tile",
          "ledger_head",
          "ledger_key",
          "ledger_author_key",
          "audit_entry",
          "audit_application",
          "policy_version");
  static final List<String> MUTABLE =
      List.of("ledger_fresh_head", "ledger_cosignature", "audit_progress", "approval", "policy");

  /**
   * Makes the copy, has it verified, and drops it.
   *
   * @param verify takes the URL of the copy, and returns the verifier's exit code
   * @return the verifier's exit code
   */
  int verifyCopy(ToIntFunction<String> verify) {
    String database = Application.COMPLIANCE.database();
    try (Connection connection = server.connect(database);
        Statement sql = connection.createStatement()) {
      sql.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
      try {
        copy(connection, sql);
        return verify.applyAsInt(server.url(database) + "?currentSchema=" + SCHEMA);
      } finally {
        sql.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
      }
    } catch (SQLException e) {
      throw new LauncherException("The ledger cannot be copied: " + e.getMessage(), e);
    }
  }

  private static void copy(Connection connection, Statement sql) throws SQLException {
    connection.setAutoCommit(false);
    // One snapshot for all tables: the ledger grows while it is copied.
    sql.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    sql.execute("CREATE SCHEMA " + SCHEMA);
    for (String table : Stream.concat(APPEND_ONLY.stream(), MUTABLE.stream()).toList()) {
      sql.execute("CREATE TABLE %s.%s AS TABLE public.%s".formatted(SCHEMA, table, table));
    }
    long altered;
    try (ResultSet size = sql.executeQuery("SELECT count(*) FROM " + SCHEMA + ".ledger_entry")) {
      size.next();
      altered = size.getLong(1) / 2;
    }
    sql.execute(
        """
        UPDATE %1$s.ledger_message SET value = value || ' '::bytea
        WHERE position = (SELECT position FROM %1$s.ledger_entry WHERE idx = %2$d)
        """
            .formatted(SCHEMA, altered));
    for (String table : APPEND_ONLY) {
      sql.execute(
          """
          CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s.%s
          FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()
          """
              .formatted(SCHEMA, table));
    }
    sql.execute(copiedFunction(sql));
    sql.execute("GRANT USAGE ON SCHEMA %s TO %s".formatted(SCHEMA, Databases.AUDITOR));
    sql.execute(
        "GRANT SELECT ON ALL TABLES IN SCHEMA %s TO %s".formatted(SCHEMA, Databases.AUDITOR));
    sql.execute(
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %s TO %s".formatted(SCHEMA, Databases.AUDITOR));
    connection.commit();
    connection.setAutoCommit(true);
    System.out.println("Altered entry " + altered + " in a scratch copy of the ledger.");
  }

  /** Returns the function that counts rows, over the copied tables. */
  private static String copiedFunction(Statement sql) throws SQLException {
    try (ResultSet row =
        sql.executeQuery(
            "SELECT replace(pg_get_functiondef('public.evidence_rows(text,bigint)'::regprocedure),"
                + " 'public', '"
                + SCHEMA
                + "')")) {
      row.next();
      return row.getString(1);
    }
  }
}
