package io.plumbline.platform.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;

/**
 * Brings the schema of a service up to date, as the role that owns it. It runs as a step of its own
 * before the service starts, because the service runs as a role that owns nothing and never learns
 * the owner's password.
 */
public final class Migration {

  private final String runtimeRole;
  private final ServiceDatabase database;
  private final UpgradableReleases upgradable;

  /**
   * @param url JDBC URL of the service's database
   * @param owner the role that migrates
   * @param runtimeRole the role that the service runs as, to which the migrations grant access
   */
  public Migration(String url, String owner, String password, String runtimeRole) {
    this(url, owner, password, runtimeRole, UpgradableReleases.read());
  }

  Migration(
      String url,
      String owner,
      String password,
      String runtimeRole,
      UpgradableReleases upgradable) {
    this.runtimeRole = runtimeRole;
    this.database = new ServiceDatabase(url, owner, password);
    this.upgradable = upgradable;
  }

  /**
   * Creates a migration from environment variables: those that the service's process has too, and
   * the two of the owner.
   *
   * @throws IllegalArgumentException when a variable is missing; the message names it
   */
  public static Migration fromEnvironment(Map<String, String> environment) {
    return new Migration(
        required(environment, "SPRING_DATASOURCE_URL"),
        required(environment, "PLUMBLINE_MIGRATION_USERNAME"),
        required(environment, "PLUMBLINE_MIGRATION_PASSWORD"),
        required(environment, "SPRING_DATASOURCE_USERNAME"));
  }

  /**
   * Migrates the schema if the database can be reached, from the first connection to the last.
   * Whatever was applied when it went away stays applied, and the next attempt goes on after it.
   *
   * @param done receives a sentence that says what was done
   * @return why the database cannot be reached, as it follows "Waiting for"; empty when the schema
   *     is up to date
   * @throws IllegalStateException when the database is older than the oldest upgradable release, or
   *     a migration fails; the message says which release to install first
   */
  public Optional<String> attempt(Consumer<String> done) {
    Connection opened;
    try {
      opened = database.connect();
    } catch (SQLException e) {
      // All reasons are alike here: a wrong password may be corrected later, too.
      return Optional.of(database.describeFailure(e));
    }
    try (Connection connection = opened) {
      done.accept(migrate(connection));
      return Optional.empty();
    } catch (SQLException | FlywayException e) {
      SQLException cause = causeInDatabase(e);
      if (cause != null && ServiceDatabase.isUnreachable(cause)) {
        return Optional.of(database.describeFailure(cause));
      }
      throw new IllegalStateException("The migration failed: " + e.getMessage(), e);
    }
  }

  /**
   * Migrates the schema, and returns a sentence that says what was done. A database that a newer
   * build has migrated is left as it is.
   *
   * @throws IllegalStateException when the database is older than the oldest upgradable release, or
   *     cannot be reached
   */
  public String run() {
    List<String> done = new ArrayList<>();
    attempt(done::add)
        .ifPresent(missing -> {
          throw new IllegalStateException("The migration needs " + missing);
        });
    return done.getFirst();
  }

  private String migrate(Connection connection) throws SQLException {
    BuildMigrations build = BuildMigrations.read();
    Optional<String> refusal = upgradable.refusal(build, connection);
    if (refusal.isPresent()) {
      throw new IllegalStateException(refusal.get());
    }
    MigrateResult result = migrateByFlyway();
    recordCompleted(build, connection);
    return describe(result)
        + build.compareWith(connection).newer().map(newer -> " " + newer).orElse("");
  }

  private static @Nullable SQLException causeInDatabase(Exception failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    return (SQLException) cause;
  }

  private MigrateResult migrateByFlyway() {
    return Flyway.configure()
        .dataSource(database.asDataSource())
        .locations(BuildMigrations.PLATFORM, BuildMigrations.SERVICE)
        .placeholders(Map.of("runtimeRole", runtimeRole))
        // A migration may have been named before, and released after, one of the same database
        // that is applied: those of the platform and of the service are written apart.
        .outOfOrder(true)
        // Those of a newer build, which is rolled back to this one, may be named before its own.
        .ignoreMigrationPatterns("*:future", "*:missing")
        .load()
        .migrate();
  }

  private static void recordCompleted(BuildMigrations build, Connection connection)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO schema_upgrade (newest_migration) VALUES (?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, build.versions().last());
      insert.executeUpdate();
    }
  }

  private static String describe(MigrateResult result) {
    return result.migrationsExecuted == 0
        ? "The schema is up to date."
        : "Applied %d migrations; the schema is at %s."
            .formatted(result.migrationsExecuted, result.targetSchemaVersion);
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name
              + " is not set; a migration needs the address of the database, its owner's name and"
              + " password, and the name of the role that the service runs as");
    }
    return value;
  }
}
