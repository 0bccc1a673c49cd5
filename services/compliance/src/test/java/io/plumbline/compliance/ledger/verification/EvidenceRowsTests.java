package io.plumbline.compliance.ledger.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.platform.test.EmbeddedServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A caller who runs SQL as the service itself does not become the owner of the ledger by the
 * function that counts rows of evidence.
 */
@Tag("servers")
class EvidenceRowsTests {

  /** The database of this test alone, since it gives rights that nobody should have. */
  private static final String DATABASE = "definer";

  private static final String DISABLE =
      """
      CREATE FUNCTION pg_temp.disable() RETURNS bigint LANGUAGE plpgsql AS $$BEGIN
        EXECUTE 'ALTER TABLE public.ledger_entry DISABLE TRIGGER append_only';
        RETURN 0;
      END$$
      """;

  private Connection service;

  @BeforeEach
  void connect() throws SQLException {
    String url = EmbeddedServers.databaseUrl(DATABASE);
    service = DriverManager.getConnection(url, role(), "app");
  }

  @AfterEach
  void close() throws SQLException {
    service.close();
    EmbeddedServers.executeAsSuperuser(
        DATABASE, "REVOKE TEMPORARY ON DATABASE %s FROM %s".formatted(name(), role()));
  }

  @Test
  void the_service_makes_no_temporary_tables() {
    assertThatThrownBy(() -> execute("CREATE TEMP TABLE audit_entry (idx bigint)"))
        .hasMessageContaining("permission denied to create temporary tables");
  }

  @Test
  void a_temporary_table_of_the_same_name_is_not_read_as_the_owner() throws SQLException {
    EmbeddedServers.executeAsSuperuser(
        DATABASE, "GRANT TEMPORARY ON DATABASE %s TO %s".formatted(name(), role()));
    execute(
        DISABLE,
        "CREATE TEMP VIEW audit_entry AS SELECT NULL::uuid workspace_id, pg_temp.disable() idx",
        "GRANT SELECT ON audit_entry TO PUBLIC",
        "SELECT * FROM evidence_rows('audit_entry', 0)");

    assertThat(isTriggerEnabled()).isTrue();
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = service.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String role() {
    return EmbeddedServers.runtimeRole(DATABASE);
  }

  private static String name() {
    return role().substring(0, role().length() - "_app".length());
  }

  private static boolean isTriggerEnabled() throws SQLException {
    try (Connection superuser = EmbeddedServers.connectAsSuperuser(DATABASE);
        Statement statement = superuser.createStatement();
        ResultSet trigger =
            statement.executeQuery(
                "SELECT tgenabled FROM pg_trigger WHERE tgname = 'append_only'"
                    + " AND tgrelid = 'ledger_entry'::regclass")) {
      trigger.next();
      return trigger.getString("tgenabled").equals("O");
    }
  }
}
