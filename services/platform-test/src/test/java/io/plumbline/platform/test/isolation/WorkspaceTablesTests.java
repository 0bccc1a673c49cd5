package io.plumbline.platform.test.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.test.EmbeddedServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("servers")
class WorkspaceTablesTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ALTER TABLE probe ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        "SELECT isolate('probe'); ALTER TABLE probe NO FORCE ROW LEVEL SECURITY",
        "SELECT isolate('probe'); ALTER TABLE probe DISABLE ROW LEVEL SECURITY",
        "SELECT isolate('probe'); CREATE POLICY more ON probe FOR SELECT USING (true)",
        "SELECT isolate('probe'); CREATE POLICY more ON probe FOR INSERT WITH CHECK (true)",
        "SELECT isolate('probe'); ALTER POLICY workspace ON probe WITH CHECK (true)"
      })
  void rows_that_others_can_see_or_write_are_found(String made) throws SQLException {
    assertThat(tables(made)).containsEntry("probe", false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT isolate('probe')",
        "SELECT isolate('probe'); CREATE POLICY own ON probe FOR SELECT TO CURRENT_USER USING"
            + " (true)"
      })
  void rows_that_only_their_workspace_and_the_owners_functions_see_are_isolated(String made)
      throws SQLException {
    assertThat(tables(made)).containsEntry("probe", true);
  }

  /**
   * Creates a table and returns the tables that are found with it. The transaction is rolled back,
   * so that nothing of it remains.
   */
  private static Map<String, Boolean> tables(String made) throws SQLException {
    EmbeddedServers.databaseUrl("platform-test");
    try (Connection connection = EmbeddedServers.connectAsSuperuser("platform-test");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("CREATE TABLE probe (workspace_id uuid); " + made);
      Map<String, Boolean> tables = WorkspaceTables.isolationByTable(connection);
      connection.rollback();
      return tables;
    }
  }
}
