package io.plumbline.platform.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;

/**
 * The oldest release whose databases a build upgrades. The file {@code
 * db/upgradable-releases.properties} lists all of them.
 *
 * @param oldest the name of the release
 * @param newestMigration the version of its newest migration
 */
record UpgradableReleases(String oldest, String newestMigration) {

  private static final String FILE = "db/upgradable-releases.properties";

  static UpgradableReleases read() {
    Properties releases = new Properties();
    try (InputStream file = new ClassPathResource(FILE).getInputStream()) {
      releases.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return releases.stringPropertyNames().stream()
        .map(name -> Map.entry(name, releases.getProperty(name)))
        .min(Map.Entry.comparingByValue())
        .map(each -> new UpgradableReleases(each.getKey(), each.getValue()))
        .orElseThrow(() -> new IllegalStateException(FILE + " lists no release"));
  }

  /**
   * Returns why a build must not migrate the database: the last upgrade that was completed is that
   * of an older release. Empty when it may. A database without a completed upgrade is new, or its
   * first migration was interrupted.
   */
  Optional<String> refusal(BuildMigrations build, Connection connection) throws SQLException {
    String required = build.versions().floor(newestMigration);
    Optional<String> completed = completedUpgrade(connection);
    if (required == null || completed.isEmpty() || completed.get().compareTo(required) >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        ("The database is at V%s, and this build upgrades databases of release %s (V%s) and newer."
                + " Install release %s first, let it migrate, and then install this build."
                + " Nothing was changed.")
            .formatted(completed.get(), oldest, required, oldest));
  }

  private static Optional<String> completedUpgrade(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery("SELECT to_regclass('schema_upgrade') IS NOT NULL AS known")) {
        if (!row.next() || !row.getBoolean("known")) {
          return Optional.empty();
        }
      }
      try (ResultSet row =
          statement.executeQuery("SELECT max(newest_migration) AS newest FROM schema_upgrade")) {
        return row.next() ? Optional.ofNullable(row.getString("newest")) : Optional.empty();
      }
    }
  }
}
