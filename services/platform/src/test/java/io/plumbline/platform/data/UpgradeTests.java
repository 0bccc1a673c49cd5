package io.plumbline.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.platform.PlatformDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Upgrades of a database of their own, by a build with the platform's migrations alone. */
@Tag("servers")
class UpgradeTests {

  private static final UpgradableReleases FROM_FIRST =
      new UpgradableReleases("0.1.0", "20261125000000");

  private final BuildMigrations build = BuildMigrations.read();
  private final String newest = build.versions().last();
  private String url;
  private Connection connection;
  private JdbcClient sql;

  @BeforeEach
  void create() throws SQLException {
    PlatformDatabase server = new PlatformDatabase();
    server.sql().sql("DROP DATABASE IF EXISTS upgrade").update();
    server.sql().sql("CREATE DATABASE upgrade").update();
    try (Connection any = server.connection()) {
      url = any.getMetaData().getURL().replaceFirst("/postgres\\b", "/upgrade");
    }
    connection = DriverManager.getConnection(url, "postgres", "");
    sql = JdbcClient.create(new SingleConnectionDataSource(connection, true));
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private String migrate(UpgradableReleases upgradable) {
    return new Migration(url, "postgres", "", "postgres", upgradable).run();
  }

  private List<@Nullable String> completed() {
    return sql.sql("SELECT newest_migration FROM schema_upgrade ORDER BY 1")
        .query(String.class)
        .list();
  }

  /** Records a migration as another build would have applied it. */
  private void apply(String version) {
    sql.sql(
            """
            INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,
              execution_time, success)
            SELECT max(installed_rank) + 1, ?, 'newer', 'SQL', 'V' || ? || '__newer.sql', 'postgres', 1, true
            FROM flyway_schema_history
            """)
        .params(version, version)
        .update();
  }

  @Test
  void a_completed_upgrade_is_recorded_once() throws SQLException {
    assertThat(build.compareWith(connection).missing())
        .contains("migrations: the database has none, this build needs V" + newest);

    assertThat(migrate(FROM_FIRST)).startsWith("Applied ");
    assertThat(migrate(FROM_FIRST)).isEqualTo("The schema is up to date.");

    assertThat(completed()).containsExactly(newest);
    assertThat(build.compareWith(connection))
        .isEqualTo(new SchemaState(Optional.empty(), Optional.empty()));
  }

  @Test
  void a_database_of_a_release_that_is_too_old_is_refused_and_not_changed() {
    migrate(FROM_FIRST);
    sql.sql("UPDATE schema_upgrade SET newest_migration = '20261125000000'").update();
    sql.sql("DELETE FROM flyway_schema_history WHERE version = ?").param(newest).update();

    assertThatThrownBy(() -> migrate(new UpgradableReleases("0.2.0", newest)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The database is at V20261125000000, and this build upgrades databases of release 0.2.0"
                + " (V%s) and newer. Install release 0.2.0 first, let it migrate, and then install"
                + " this build. Nothing was changed.",
            newest);

    assertThat(completed()).containsExactly("20261125000000");
    assertThat(
            sql.sql("SELECT count(*) FROM flyway_schema_history WHERE version = ?")
                .param(newest)
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void a_database_is_not_too_old_for_lack_of_migrations_of_other_services() {
    migrate(FROM_FIRST);

    assertThat(migrate(new UpgradableReleases("0.2.0", "20991231000000")))
        .isEqualTo("The schema is up to date.");
  }

  @Test
  void a_first_migration_that_was_interrupted_goes_on() {
    migrate(FROM_FIRST);
    sql.sql("DELETE FROM schema_upgrade").update();

    migrate(new UpgradableReleases("0.2.0", newest));

    assertThat(completed()).containsExactly(newest);
  }

  @Test
  void a_database_that_lacks_a_migration_is_not_ready() throws SQLException {
    migrate(FROM_FIRST);
    String former = build.versions().lower(newest);
    sql.sql("DELETE FROM flyway_schema_history WHERE version = ?").param(newest).update();

    assertThat(build.compareWith(connection).missing())
        .contains(
            "migrations: the database is at V%s, this build needs V%s".formatted(former, newest));
  }

  @Test
  void a_database_of_a_newer_build_is_left_as_it_is_and_works() throws SQLException {
    migrate(FROM_FIRST);
    apply("20261125000001");
    apply("20991231000000");
    sql.sql("INSERT INTO schema_upgrade (newest_migration) VALUES ('20991231000000')").update();
    String newer =
        "A newer build has migrated the database to V20991231000000. This build, whose newest"
            + " migration is V"
            + newest
            + ", goes on with it.";

    assertThat(migrate(FROM_FIRST)).isEqualTo("The schema is up to date. " + newer);
    assertThat(build.compareWith(connection))
        .isEqualTo(new SchemaState(Optional.empty(), Optional.of(newer)));
  }
}
