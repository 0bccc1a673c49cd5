package io.plumbline.platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.PlatformDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("servers")
class MigrationOrderTests {

  private final PlatformDatabase database = new PlatformDatabase();

  @Test
  void a_migration_that_came_after_a_newer_one_is_applied() throws SQLException {
    database.sql().sql("DROP TABLE inbox_beginning").update();
    database
        .sql()
        .sql("DELETE FROM flyway_schema_history WHERE script LIKE '%inbox_beginning.sql'")
        .update();

    String done;
    try (Connection connection = database.connection()) {
      done = new Migration(connection.getMetaData().getURL(), "postgres", "", "postgres").run();
    }

    assertThat(done).startsWith("Applied 1 migrations");
    assertThat(database.count("inbox_beginning")).isOne();
  }
}
