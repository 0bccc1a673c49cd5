package io.plumbline.platform.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings the schema of a service up to date, as the role that owns it. It runs as a step of its own
 * before the service starts, because the service runs as a role that owns nothing and never learns
 * the owner's password.
 */
public final class Migration {

  private final String url;
  private final String owner;
  private final String password;
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
    this.url = url;
    this.owner = owner;
    this.password = password;
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
   * Returns why the database cannot be reached, as it follows "Waiting for"; empty when it can be.
   */
  public Optional<String> unavailable() {
    return database.unavailable();
  }

  /**
   * Migrates the schema, and returns a sentence that says what was done. A database that a newer
   * build has migrated is left as it is.
   *
   * @throws IllegalStateException when the database is older than the oldest upgradable release;
   *     the message says which release to install first
   */
  public String run() {
    BuildMigrations build = BuildMigrations.read();
    try (Connection connection = database.connect()) {
      Optional<String> refusal = upgradable.refusal(build, connection);
      if (refusal.isPresent()) {
        throw new IllegalStateException(refusal.get());
      }
      MigrateResult result = migrate();
      recordCompleted(build, connection);
      return describe(result)
          + build.compareWith(connection).newer().map(newer -> " " + newer).orElse("");
    } catch (SQLException e) {
      throw new IllegalStateException("Migration failed for " + database.describeFailure(e), e);
    }
  }

  private MigrateResult migrate() {
    return Flyway.configure()
        .dataSource(url, owner, password)
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
