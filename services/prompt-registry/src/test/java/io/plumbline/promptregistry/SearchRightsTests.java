package io.plumbline.promptregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.test.EmbeddedServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A caller who runs SQL as the service itself does not act as the owner by the search. */
@Tag("servers")
class SearchRightsTests {

  /** The database of this test alone, since it gives rights that nobody should have. */
  private static final String DATABASE = "definer";

  @Test
  void a_temporary_type_of_the_same_name_is_not_used_as_the_owner() throws SQLException {
    String url = EmbeddedServers.databaseUrl(DATABASE);
    String role = EmbeddedServers.runtimeRole(DATABASE);
    String name = url.substring(url.lastIndexOf('/') + 1);
    EmbeddedServers.executeAsSuperuser(
        DATABASE, "GRANT TEMPORARY ON DATABASE %s TO %s".formatted(name, role));
    try (Connection service = DriverManager.getConnection(url, role, "app");
        Statement statement = service.createStatement()) {
      statement.execute(
          """
          CREATE FUNCTION pg_temp.take() RETURNS boolean LANGUAGE plpgsql AS $$BEGIN
            EXECUTE 'CREATE TABLE IF NOT EXISTS public.taken ()';
            RETURN true;
          END$$
          """);
      statement.execute("CREATE DOMAIN pg_temp.uuid AS pg_catalog.uuid CHECK (pg_temp.take())");
      statement.execute("SELECT * FROM search_prompts(NULL, NULL, NULL, 10, 10)");
    }

    assertThat(exists("public.taken")).isFalse();
  }

  private static boolean exists(String table) throws SQLException {
    try (Connection superuser = EmbeddedServers.connectAsSuperuser(DATABASE);
        Statement statement = superuser.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT to_regclass('%s') IS NOT NULL AS found".formatted(table))) {
      row.next();
      return row.getBoolean("found");
    }
  }
}
