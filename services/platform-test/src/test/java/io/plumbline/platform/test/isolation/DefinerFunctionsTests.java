package io.plumbline.platform.test.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.test.EmbeddedServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("servers")
class DefinerFunctionsTests {

  private static final String CREATE =
      "CREATE FUNCTION probe() RETURNS integer LANGUAGE sql SECURITY DEFINER ";
  private static final String REVOKE = "; REVOKE EXECUTE ON FUNCTION probe FROM PUBLIC";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AS 'SELECT 1'" + REVOKE,
        "SET search_path = public AS 'SELECT 1'" + REVOKE,
        "SET search_path = '' AS 'SELECT 1'" + REVOKE,
        "SET search_path = pg_catalog AS 'SELECT 1'" + REVOKE,
        "SET search_path = pg_temp, pg_catalog AS 'SELECT 1'" + REVOKE,
        "SET search_path = pg_catalog, pg_temp AS 'SELECT 1'",
        "SET search_path = pg_catalog, pg_temp AS 'SELECT 1'"
            + REVOKE
            + "; GRANT EXECUTE ON FUNCTION probe TO PUBLIC"
      })
  void functions_that_use_names_of_a_caller_or_are_for_everybody_are_found(String made)
      throws SQLException {
    assertThat(unsafe(CREATE + made)).containsExactly("probe()");
  }

  @Test
  void a_function_with_a_path_of_its_own_for_a_few_is_safe() throws SQLException {
    assertThat(unsafe(CREATE + "SET search_path = pg_catalog, pg_temp AS 'SELECT 1'" + REVOKE))
        .isEmpty();
  }

  @Test
  void a_function_that_runs_as_its_caller_is_safe() throws SQLException {
    assertThat(unsafe("CREATE FUNCTION probe() RETURNS integer LANGUAGE sql AS 'SELECT 1'"))
        .isEmpty();
  }

  /** Returns what is found after the statements, which are rolled back. */
  private static List<String> unsafe(String made) throws SQLException {
    EmbeddedServers.databaseUrl("platform-test");
    try (Connection connection = EmbeddedServers.connectAsSuperuser("platform-test");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(made);
      List<String> unsafe = DefinerFunctions.unsafe(connection);
      connection.rollback();
      return unsafe;
    }
  }
}
