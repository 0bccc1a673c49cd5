package io.plumbline.platform.data;

import java.util.Map;
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

  /**
   * @param url JDBC URL of the service's database
   * @param owner the role that migrates
   * @param runtimeRole the role that the service runs as, to which the migrations grant access
   */
  public Migration(String url, String owner, String password, String runtimeRole) {
    this.url = url;
    this.owner = owner;
    this.password = password;
    this.runtimeRole = runtimeRole;
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

  /** Migrates the schema, and returns a sentence that says what was done. */
  public String run() {
    MigrateResult result =
        Flyway.configure()
            .dataSource(url, owner, password)
            .locations("classpath:db/platform", "classpath:db/migration")
            .placeholders(Map.of("runtimeRole", runtimeRole))
            // A migration may have been named before, and released after, one of the same database
            // that is applied: those of the platform and of the service are written apart.
            .outOfOrder(true)
            .load()
            .migrate();
    if (result.migrationsExecuted == 0) {
      return "The schema is up to date.";
    }
    return "Applied "
        + result.migrationsExecuted
        + " migrations; the schema is at "
        + result.targetSchemaVersion
        + ".";
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
