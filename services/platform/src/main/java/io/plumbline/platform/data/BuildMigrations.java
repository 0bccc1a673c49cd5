package io.plumbline.platform.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The versions of the migrations that a build contains, each the time of its creation ({@code
 * 20261201234000}). A service compares them with its database by their names, without Flyway, which
 * would stay in the memory of a process that never migrates.
 */
public final class BuildMigrations {

  /** The folders of the class path that hold migrations. */
  static final String PLATFORM = "classpath:db/platform";

  static final String SERVICE = "classpath:db/migration";

  private static final Pattern VERSION = Pattern.compile("V(\\d{14})__\\w+\\.sql");

  /** The migration that lets the runtime role read which migrations are applied. */
  private static final String READABLE_HISTORY = "20261202170000";

  private static final String UNDEFINED_TABLE = "42P01";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final NavigableSet<String> versions;

  BuildMigrations(SortedSet<String> versions) {
    this.versions = Collections.unmodifiableNavigableSet(new TreeSet<>(versions));
  }

  /** Reads the names of the migrations on the class path. */
  public static BuildMigrations read() {
    PathMatchingResourcePatternResolver classPath = new PathMatchingResourcePatternResolver();
    SortedSet<String> versions = new TreeSet<>();
    try {
      for (String folder : new String[] {PLATFORM, SERVICE}) {
        String all = folder.replace("classpath:", "classpath*:") + "/V*.sql";
        for (Resource file : classPath.getResources(all)) {
          Matcher name = VERSION.matcher(String.valueOf(file.getFilename()));
          if (!name.matches()) {
            throw new IllegalStateException(
                "The name of the migration %s is not VyyyyMMddHHmmss__words.sql"
                    .formatted(file.getFilename()));
          }
          versions.add(name.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildMigrations(versions);
  }

  /** Returns the versions, the oldest first. */
  NavigableSet<String> versions() {
    return versions;
  }

  /** Compares the database with this build, as a role that may be the service's own. */
  public SchemaState compareWith(Connection connection) throws SQLException {
    NavigableSet<String> applied;
    try {
      applied = applied(connection);
    } catch (SQLException e) {
      if (UNDEFINED_TABLE.equals(e.getSQLState())) {
        return lacking(versions, "has none");
      }
      if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        return lacking(versions, "is older than V" + READABLE_HISTORY);
      }
      throw e;
    }
    NavigableSet<String> missing = new TreeSet<>(versions);
    missing.removeAll(applied);
    if (!missing.isEmpty()) {
      return lacking(missing, applied.isEmpty() ? "has none" : "is at V" + applied.last());
    }
    applied.removeAll(versions);
    return new SchemaState(Optional.empty(), describeUnknown(applied));
  }

  private static SchemaState lacking(NavigableSet<String> missing, String state) {
    return new SchemaState(
        Optional.of(
            "migrations: the database %s, this build needs V%s".formatted(state, missing.last())),
        Optional.empty());
  }

  private Optional<String> describeUnknown(NavigableSet<String> unknown) {
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("A newer build has migrated the database to V%s. This build, whose newest migration is"
                    + " V%s, goes on with it.")
                .formatted(unknown.last(), versions.last()));
  }

  /** Returns the versions that are applied to the database. */
  static NavigableSet<String> applied(Connection connection) throws SQLException {
    NavigableSet<String> applied = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL"
                    + " AND version ~ '^\\d{14}$'")) {
      while (row.next()) {
        applied.add(row.getString("version"));
      }
    }
    return applied;
  }
}
