package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.process.ChildProcess;
import io.plumbline.launcher.process.Jvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A migration of a service's database, by a run of the service's own program as the owner of the
 * schema, once per build. The build is recorded as a comment on the table of migrations, so that it
 * disappears together with the table.
 *
 * @param jar the extracted jar of the service
 * @param build the name of its content
 */
record SchemaMigration(
    Postgres server,
    String database,
    Path jar,
    String build,
    Map<String, String> environment,
    Path log) {

  void run() {
    try (Connection connection = server.connect(database)) {
      if (build.equals(migratedBuild(connection))) {
        return;
      }
      new ChildProcess(
              "migration of " + database,
              List.of(
                  Jvm.javaExecutable(),
                  "-Xmx128m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-jar",
                  jar.toString(),
                  "migrate"),
              environment,
              Objects.requireNonNull(log.getParent()),
              log)
          .run(Duration.ofMinutes(5));
      try (Statement statement = connection.createStatement()) {
        statement.execute("COMMENT ON TABLE flyway_schema_history IS '%s'".formatted(build));
      }
    } catch (SQLException e) {
      throw new LauncherException(
          "Cannot read how far the database " + database + " is migrated: " + e.getMessage(), e);
    }
  }

  private static @Nullable String migratedBuild(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT obj_description(to_regclass('public.flyway_schema_history'),"
                    + " 'pg_class')")) {
      return row.next() ? row.getString(1) : null;
    }
  }
}
