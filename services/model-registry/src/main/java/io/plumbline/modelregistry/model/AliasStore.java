package io.plumbline.modelregistry.model;

import io.plumbline.contracts.Digest;
import io.plumbline.modelregistry.model.AliasMove.Kind;
import io.plumbline.modelregistry.model.AliasMove.State;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The rows of aliases and of their moves. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AliasStore {

  private static final String MOVE =
      """
      SELECT id, alias, from_version, to_version, digest, state, kind, author, requester, reason,
        requested_at, approval_id, decided_by, decided_at
      FROM alias_move
      """;

  private final JdbcClient sql;

  AliasStore(JdbcClient sql) {
    this.sql = sql;
  }

  List<Alias> aliasesOf(UUID modelId) {
    return sql.sql(
            "SELECT name, version, moved_at, moved_by FROM alias WHERE model_id = ? ORDER BY name")
        .param(modelId)
        .query((row, index) ->
            new Alias(
                row.getString("name"),
                row.getInt("version"),
                Columns.instant(row, "moved_at"),
                row.getString("moved_by")))
        .list();
  }

  Optional<Integer> versionOf(UUID modelId, String alias) {
    return sql.sql("SELECT version FROM alias WHERE model_id = ? AND name = ?")
        .params(modelId, alias)
        .query(Integer.class)
        .optional();
  }

  void pointAlias(UUID modelId, String alias, int version, String by, Instant at) {
    sql.sql(
            """
            INSERT INTO alias (workspace_id, model_id, name, version, moved_at, moved_by)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, model_id, name) DO UPDATE SET version = excluded.version,
              moved_at = excluded.moved_at, moved_by = excluded.moved_by
            """)
        .params(
            Caller.current().workspace(), modelId, alias, version, at.atOffset(ZoneOffset.UTC), by)
        .update();
  }

  void addMove(UUID modelId, AliasMove move) {
    sql.sql(
            """
            INSERT INTO alias_move (workspace_id, id, model_id, alias, from_version, to_version,
              digest, state, kind, author, requester, reason, requested_at, decided_by, decided_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Caller.current().workspace())
        .param(move.aliasMoveId())
        .param(modelId)
        .param(move.alias())
        .param(move.from())
        .param(move.to())
        .param(move.digest().hex())
        .param(move.state().name())
        .param(move.kind().name())
        .param(move.author())
        .param(move.requester())
        .param(move.reason())
        .param(move.requestedAt().atOffset(ZoneOffset.UTC))
        .param(move.decidedBy())
        .param(toOffsetTime(move.decidedAt()))
        .update();
  }

  /** Stores the decision of a move that is still REQUESTED. */
  void storeDecision(AliasMove move) {
    sql.sql(
            """
            UPDATE alias_move
            SET state = ?, approval_id = ?, decided_by = ?, from_version = ?, decided_at = ?
            WHERE id = ? AND state = 'REQUESTED'
            """)
        .param(move.state().name())
        .param(move.approvalId())
        .param(move.decidedBy())
        .param(move.from())
        .param(toOffsetTime(move.decidedAt()))
        .param(move.aliasMoveId())
        .update();
  }

  Optional<UUID> modelIdOf(UUID moveId) {
    return sql.sql("SELECT model_id FROM alias_move WHERE id = ?")
        .param(moveId)
        .query(UUID.class)
        .optional();
  }

  Optional<AliasMove> findMove(UUID moveId) {
    return sql.sql(MOVE + "WHERE id = ?").param(moveId).query(this::readMove).optional();
  }

  Optional<AliasMove> findPendingMove(UUID modelId, String alias, int to) {
    return sql.sql(
            MOVE + "WHERE model_id = ? AND alias = ? AND to_version = ? AND state = 'REQUESTED'")
        .params(modelId, alias, to)
        .query(this::readMove)
        .optional();
  }

  /**
   * Returns whether the alias has pointed at the version before.
   *
   * @param approved whether only the moves that a second person approved count
   */
  boolean hasPointedAt(UUID modelId, String alias, int version, boolean approved) {
    return sql.sql(
            "SELECT EXISTS (SELECT 1 FROM alias_move WHERE model_id = ? AND alias = ? AND"
                + " to_version = ? AND state = 'MOVED' AND (kind = 'APPROVED' OR NOT ?))")
        .params(modelId, alias, version, approved)
        .query(Boolean.class)
        .single();
  }

  List<AliasMove> movesBelow(UUID modelId, String alias, @Nullable UUID below, int limit) {
    return sql.sql(
            MOVE
                + "WHERE model_id = ? AND alias = ? AND (?::uuid IS NULL OR id < ?) ORDER BY id"
                + " DESC LIMIT ?")
        .param(modelId)
        .param(alias)
        .param(below)
        .param(below)
        .param(limit)
        .query(this::readMove)
        .list();
  }

  long countMoves(UUID modelId, String alias) {
    return sql.sql("SELECT count(*) FROM alias_move WHERE model_id = ? AND alias = ?")
        .params(modelId, alias)
        .query(Long.class)
        .single();
  }

  private static @Nullable OffsetDateTime toOffsetTime(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private AliasMove readMove(ResultSet row, int index) throws SQLException {
    return new AliasMove(
        row.getObject("id", UUID.class),
        row.getString("alias"),
        row.getObject("from_version", Integer.class),
        row.getInt("to_version"),
        new Digest(row.getString("digest")),
        State.valueOf(row.getString("state")),
        Kind.valueOf(row.getString("kind")),
        row.getString("author"),
        row.getString("requester"),
        row.getString("reason"),
        Columns.instant(row, "requested_at"),
        row.getObject("approval_id", UUID.class),
        row.getString("decided_by"),
        Columns.instantOrNull(row, "decided_at"));
  }
}
