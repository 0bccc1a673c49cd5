package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.CanaryCompared;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The stored guards. Callers run in a transaction. */
@Repository
class CanaryGuards {

  private final JdbcClient sql;
  private final JsonMapper json;
  private final NewestFirstReader<CanaryGuard> newest;

  CanaryGuards(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
    this.newest =
        new NewestFirstReader<>(
            sql, "canary_guard", "release_id", this::readGuard, CanaryGuard::releaseId);
  }

  /**
   * Returns the guard of a release, locked until the transaction ends. The first event about the
   * release creates it.
   */
  CanaryGuard lockOrCreate(UUID release, String application, String environment, Instant now) {
    sql.sql(
            """
            INSERT INTO canary_guard (workspace_id, release_id, application, environment, state, analysis, started_at)
            VALUES (?, ?, ?, ?, 'RUNNING', ?::jsonb, ?) ON CONFLICT DO NOTHING
            """)
        .params(
            Caller.current().workspace(),
            release,
            application,
            environment,
            json.writeValueAsString(CanaryAnalysis.START),
            now.atOffset(ZoneOffset.UTC))
        .update();
    return sql.sql("SELECT * FROM canary_guard WHERE release_id = ? FOR UPDATE")
        .param(release)
        .query(this::readGuard)
        .single();
  }

  /**
   * Returns the guard of a release, locked until the transaction ends; empty before the first event
   * about it.
   */
  Optional<CanaryGuard> lockIfKnown(UUID release) {
    return sql.sql("SELECT * FROM canary_guard WHERE release_id = ? FOR UPDATE")
        .param(release)
        .query(this::readGuard)
        .optional();
  }

  void save(CanaryGuard canaryGuard) {
    Digest candidate = canaryGuard.candidateDigest();
    sql.sql(
            """
            UPDATE canary_guard SET candidate_digest = ?, percent = ?, state = ?, analysis = ?::jsonb,
              version = ?, verdict_id = ?
            WHERE release_id = ?
            """)
        .param(candidate == null ? null : candidate.hex())
        .param(canaryGuard.percent())
        .param(canaryGuard.state().name())
        .param(json.writeValueAsString(canaryGuard.analysis()))
        .param(canaryGuard.version())
        .param(canaryGuard.verdictId())
        .param(canaryGuard.releaseId())
        .update();
  }

  /** The answers that releases register for their canaries. */
  @Bean
  static Projection<ReleaseRequested> releaseRequested() {
    return Projection.of(ReleaseRequested.class, "canary_plan")
        .columns("release_id")
        .column("planned_answers", "canaryAnswers");
  }

  /**
   * Returns the answers that a release registered for its canary; empty for one that registered
   * none.
   */
  Optional<Integer> plannedAnswers(UUID release) {
    return Optional.ofNullable(plannedAnswers(List.of(release)).get(release));
  }

  /**
   * Returns the answers that releases registered for their canaries, with one query. A release that
   * registered none has no entry.
   */
  Map<UUID, Integer> plannedAnswers(Collection<UUID> releases) {
    Map<UUID, Integer> planned = new HashMap<>();
    sql.sql(
            "SELECT release_id, planned_answers FROM canary_plan WHERE release_id = ANY (?) AND"
                + " planned_answers IS NOT NULL")
        .param(releases.toArray(UUID[]::new))
        .query(row -> {
          planned.put(row.getObject("release_id", UUID.class), row.getInt("planned_answers"));
        });
    return planned;
  }

  /**
   * Records that a canary was compared with a control in as many answers as it registered.
   *
   * @return whether that was not recorded before
   */
  boolean addComparison(CanaryCompared compared) {
    return sql.sql(
                """
                INSERT INTO canary_comparison
                  (workspace_id, release_id, control_variant_digest, answers, planned_answers)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """)
            .params(
                Caller.current().workspace(),
                compared.releaseId(),
                compared.controlVariantDigest().hex(),
                compared.answers(),
                compared.plannedAnswers())
            .update()
        == 1;
  }

  Optional<CanaryGuard> find(UUID release) {
    return sql.sql("SELECT * FROM canary_guard WHERE release_id = ?")
        .param(release)
        .query(this::readGuard)
        .optional();
  }

  /** Returns the guards of an application, or of all where none is named, the newest first. */
  Page<CanaryGuard> list(@Nullable String application, PageRequest page) {
    return newest.page(page, "?::text IS NULL OR application = ?", application, application);
  }

  private CanaryGuard readGuard(ResultSet row, int number) throws SQLException {
    return new CanaryGuard(
        row.getObject("release_id", UUID.class),
        row.getString("application"),
        row.getString("environment"),
        Columns.digestOrNull(row, "candidate_digest"),
        row.getObject("percent", Integer.class),
        CanaryGuard.State.valueOf(row.getString("state")),
        json.readValue(row.getString("analysis"), CanaryAnalysis.class),
        row.getLong("version"),
        row.getObject("verdict_id", UUID.class),
        Columns.instant(row, "started_at"));
  }
}
