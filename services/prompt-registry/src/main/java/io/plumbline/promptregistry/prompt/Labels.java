package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The labels and the history of their moves, in the caller's workspace. */
@Repository
class Labels {

  private final JdbcClient sql;
  private final PromptSettings settings;

  Labels(JdbcClient sql, PromptSettings settings) {
    this.sql = sql;
    this.settings = settings;
  }

  List<LabelView> labelsOf(UUID prompt) {
    return sql.sql(
            "SELECT name, version, digest, moved_at, moved_by FROM label WHERE prompt_id = ? ORDER"
                + " BY name")
        .param(prompt)
        .query(this::readLabel)
        .list();
  }

  Optional<LabelView> findLabel(UUID prompt, Label label) {
    return sql.sql(
            "SELECT name, version, digest, moved_at, moved_by FROM label WHERE prompt_id = ? AND"
                + " name = ?")
        .params(prompt, label.value())
        .query(this::readLabel)
        .optional();
  }

  LabelView pointLabel(
      UUID prompt, String label, int version, Digest digest, Instant at, String by) {
    sql.sql(
            """
            INSERT INTO label (workspace_id, prompt_id, name, version, digest, moved_at, moved_by)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, prompt_id, name) DO UPDATE
              SET version = excluded.version, digest = excluded.digest, moved_at = excluded.moved_at,
                moved_by = excluded.moved_by
            """)
        .params(
            Caller.current().workspace(),
            prompt,
            label,
            version,
            digest.hex(),
            at.atOffset(ZoneOffset.UTC),
            by)
        .update();
    return new LabelView(
        label, version, digest, at, by, settings.protectedLabels().contains(label));
  }

  void addMove(UUID prompt, LabelMove move) {
    sql.sql(
            """
            INSERT INTO label_move (workspace_id, id, prompt_id, label, from_version, to_version, digest,
              state, author, requester, requested_at)
            VALUES (:workspace, :id, :prompt, :label, :from, :to, :digest, :state, :author, :requester,
              :at)
            """)
        .param("workspace", Caller.current().workspace())
        .param("id", move.labelMoveId())
        .param("prompt", prompt)
        .param("label", move.label())
        .param("from", move.from())
        .param("to", move.to())
        .param("digest", move.digest().hex())
        .param("state", move.state().name())
        .param("author", move.author())
        .param("requester", move.requester())
        .param("at", move.requestedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  void storeDecision(LabelMove move) {
    sql.sql(
            """
            UPDATE label_move SET state = :state, decided_by = :by, decided_at = :at,
              approval_id = :approval, reason = :reason WHERE id = :id
            """)
        .param("state", move.state().name())
        .param("by", move.decidedBy())
        .param("at", move.decidedAt() == null ? null : move.decidedAt().atOffset(ZoneOffset.UTC))
        .param("approval", move.approvalId())
        .param("reason", move.reason())
        .param("id", move.labelMoveId())
        .update();
  }

  Optional<LabelMove> findRequestedMove(UUID move) {
    return sql.sql("SELECT * FROM label_move WHERE id = ? AND state = 'REQUESTED'")
        .param(move)
        .query(Labels::readMove)
        .optional();
  }

  Optional<LabelMove> findRequestedMove(UUID prompt, Label label, int version) {
    return sql.sql(
            "SELECT * FROM label_move WHERE prompt_id = ? AND label = ? AND to_version = ? AND"
                + " state = 'REQUESTED' LIMIT 1")
        .params(prompt, label.value(), version)
        .query(Labels::readMove)
        .optional();
  }

  Optional<UUID> promptIdOfMove(UUID move) {
    return sql.sql("SELECT prompt_id FROM label_move WHERE id = ?")
        .param(move)
        .query(UUID.class)
        .optional();
  }

  Page<LabelMove> movesBefore(UUID prompt, UUID before, PageRequest page) {
    List<LabelMove> rows =
        sql.sql("SELECT * FROM label_move WHERE prompt_id = ? AND id < ? ORDER BY id DESC LIMIT ?")
            .params(prompt, before, page.fetchSize())
            .query(Labels::readMove)
            .list();
    long counted = Page.countRows(sql, "label_move WHERE prompt_id = ?", prompt);
    return Page.of(rows, page, move -> List.of(move.labelMoveId().toString()), counted);
  }

  private LabelView readLabel(ResultSet row, int number) throws SQLException {
    String name = row.getString("name");
    return new LabelView(
        name,
        row.getInt("version"),
        new Digest(row.getString("digest")),
        instant(row, "moved_at"),
        row.getString("moved_by"),
        settings.protectedLabels().contains(name));
  }

  private static LabelMove readMove(ResultSet row, int number) throws SQLException {
    return new LabelMove(
        row.getObject("id", UUID.class),
        row.getString("label"),
        (Integer) row.getObject("from_version"),
        row.getInt("to_version"),
        new Digest(row.getString("digest")),
        LabelMove.State.valueOf(row.getString("state")),
        row.getString("author"),
        row.getString("requester"),
        instant(row, "requested_at"),
        row.getString("decided_by"),
        row.getObject("decided_at") == null ? null : instant(row, "decided_at"),
        row.getObject("approval_id", UUID.class),
        row.getString("reason"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Columns.instant(row, column);
  }
}
