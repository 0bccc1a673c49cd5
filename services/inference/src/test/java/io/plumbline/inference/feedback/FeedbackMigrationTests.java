package io.plumbline.inference.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.data.Migration;
import io.plumbline.platform.test.EmbeddedServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Migrates feedback from before scores and masked corrections, in a database of its own. */
@Tag("servers")
class FeedbackMigrationTests {

  private static final String NAME = "former_feedback";
  private static final String RUNTIME = NAME + "_app";

  /** The last migration before the one under test. */
  private static final String FORMER = "20261130143000";

  private static final UUID WORKSPACE = UUID.randomUUID();
  private static final UUID SILENT = UUID.randomUUID();
  private static final UUID RELEASE = UUID.randomUUID();
  private static final UUID EARLIER = UUID.randomUUID();

  @Test
  void older_feedback_says_what_answered_and_keeps_what_the_policy_allows() throws SQLException {
    String url = create();
    Flyway.configure()
        .dataSource(url, NAME, "owner")
        .locations("classpath:db/platform", "classpath:db/migration")
        .placeholders(Map.of("runtimeRole", RUNTIME))
        // What runs at the end of a migration needs the newest one.
        .skipDefaultCallbacks(true)
        .target(FORMER)
        .load()
        .migrate();
    String postgres = url.substring(0, url.lastIndexOf('/') + 1) + NAME;
    try (Connection connection = DriverManager.getConnection(postgres, "postgres", "postgres");
        Statement statement = connection.createStatement()) {
      release(statement, EARLIER, "earlier", "NULL");
      release(statement, RELEASE, "served", "'" + EARLIER + "'");
      statement.execute(
          """
          INSERT INTO variant (workspace_id, variant_digest, application, name, prompt_digest, model, model_digest,
            parameters, caller_policy, overflow, fallback, authors, created_by, created_at)
          VALUES ('%s', 'called', 'shop', 'v', 'p', 'm', 'd', '{}', '{}', 'REFUSE', '[]', '[]', 'ada', now())
          """
              .formatted(WORKSPACE));
      statement.execute(
          """
          INSERT INTO trace_policy (workspace_id, contents, retention_days, version, changed_by, changed_at)
          VALUES ('%s', 'NONE', 30, 1, 'cleo', now())
          """
              .formatted(SILENT));
      feedback(statement, WORKSPACE, "1", RELEASE, "canary", "NULL");
      feedback(statement, WORKSPACE, "2", RELEASE, "control", "NULL");
      feedback(statement, WORKSPACE, "3", null, null, "'called'");
      feedback(statement, WORKSPACE, "4", null, null, "NULL");
      feedback(statement, SILENT, "5", null, null, "NULL");

      new Migration(url, NAME, "owner", RUNTIME).run();

      assertThat(rows(statement))
          .containsExactly(
              "1|mail|served|2026-11-20|spam|null|null",
              "2|mail|earlier|2026-11-20|spam|null|null",
              "3|shop|called|2026-11-20|spam|null|null",
              "4|null|null|2026-11-20|spam|null|null",
              "5|null|null|2026-11-20|null|null|null");
    }
  }

  private static String create() throws SQLException {
    String url = EmbeddedServers.databaseUrl("inference");
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE " + NAME + " LOGIN PASSWORD 'owner'");
      statement.execute("CREATE ROLE " + RUNTIME + " LOGIN PASSWORD 'app'");
      statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
    }
    return url.substring(0, url.lastIndexOf('/') + 1) + NAME;
  }

  private static void release(Statement statement, UUID id, String variant, String previous)
      throws SQLException {
    statement.execute(
        """
        INSERT INTO release (workspace_id, release_id, application, environment, variant_digest,
          previous_release_id, verdict_id, canary_percent, state, requester, requested_at, changed_at, version)
        VALUES ('%s', '%s', 'mail', 'production', '%s', %s, gen_random_uuid(), 10, 'HALTED', 'ada', now(), now(), 1)
        """
            .formatted(WORKSPACE, id, variant, previous));
  }

  private static void feedback(
      Statement statement,
      UUID workspace,
      String response,
      @Nullable UUID release,
      @Nullable String arm,
      String variant)
      throws SQLException {
    String ofRelease = release == null ? "NULL, NULL" : "'%s', '%s'".formatted(release, arm);
    statement.execute(
        """
        INSERT INTO feedback (workspace_id, response_id, metric, release_id, arm, variant_digest, correct,
          correction, created_by, created_at)
        VALUES ('%s', '%s', 'correctness', %s, %s, true, 'spam', 'ada', '2026-11-20T23:30:00Z')
        """
            .formatted(workspace, response, ofRelease, variant));
  }

  private static List<String> rows(Statement statement) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            """
            SELECT concat_ws('|', response_id, coalesce(application, 'null'), coalesce(variant_digest, 'null'),
              answered_on, coalesce(correction, 'null'), coalesce(correction_contents, 'null'),
              coalesce(score::text, 'null'))
            FROM feedback ORDER BY response_id
            """)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }
}
