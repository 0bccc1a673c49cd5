package io.plumbline.compliance.approval;

import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Reads approval requests as the API shows them. */
@Service
public class ApprovalReads {

  private static final String COLUMNS =
      """
      SELECT id, request_type, request_id, request_event_id, object, subject_digest, requester, authors, state,
        requested_at, expires_at,
        decided_by, decided_at, reason, requester = ? OR ? = ANY (authors) AS mine, request, policies, policy_refusals,
        approved_by_authors
      FROM approval WHERE workspace_id = ?
      """;
  private static final String FILTER =
      " AND (?::text IS NULL OR state = ?) AND (?::boolean IS NULL OR (requester = ? OR ? = ANY"
          + " (authors)) = ?)";

  private final JdbcClient sql;
  private final JsonMapper json;

  ApprovalReads(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  /**
   * Lists the requests of the caller's workspace, newest first.
   *
   * @param mine true for the requests of which the caller is requester or author, false for all
   *     others, null for both
   */
  @Transactional(readOnly = true)
  public Page<ApprovalView> list(
      @Nullable ApprovalState state, @Nullable Boolean mine, PageRequest page) {
    Caller caller = Caller.current();
    List<@Nullable Object> filter = new ArrayList<>();
    filter.add(state == null ? null : state.name());
    filter.add(state == null ? null : state.name());
    filter.add(mine);
    filter.add(caller.actor());
    filter.add(caller.actor());
    filter.add(mine);
    List<@Nullable Object> values =
        new ArrayList<>(List.of(caller.actor(), caller.actor(), caller.workspace()));
    values.addAll(filter);
    Position after = page.after(2, Position::parse, Position.FIRST);
    values.add(after.requestedAt());
    values.add(after.approvalId());
    values.add(page.fetchSize());
    List<ApprovalView> rows =
        sql.sql(
                COLUMNS
                    + FILTER
                    + " AND (requested_at, id) < (?, ?) ORDER BY requested_at DESC, id DESC LIMIT"
                    + " ?")
            .params(values)
            .query((row, index) -> view(row))
            .list();
    List<@Nullable Object> counted = new ArrayList<>(List.of(caller.workspace()));
    counted.addAll(filter);
    long count = Page.countRows(sql, "approval WHERE workspace_id = ?" + FILTER, counted.toArray());
    return Page.of(
        rows,
        page,
        view -> List.of(view.requestedAt().toString(), view.approvalId().toString()),
        count);
  }

  @Transactional(readOnly = true)
  public ApprovalView get(UUID approvalId) {
    Caller caller = Caller.current();
    return sql.sql(COLUMNS + " AND id = ?")
        .params(caller.actor(), caller.actor(), caller.workspace(), approvalId)
        .query((row, index) -> view(row))
        .optional()
        .orElseThrow(Problem::notFound);
  }

  private ApprovalView view(ResultSet row) throws SQLException {
    return new ApprovalView(
        row.getObject("id", UUID.class),
        row.getString("request_type"),
        row.getObject("request_id", UUID.class),
        row.getObject("request_event_id", UUID.class),
        row.getString("object"),
        row.getString("subject_digest"),
        row.getString("requester"),
        Columns.texts(row, "authors"),
        ApprovalState.valueOf(row.getString("state")),
        Columns.instant(row, "requested_at"),
        Columns.instant(row, "expires_at"),
        row.getString("decided_by"),
        Columns.instantOrNull(row, "decided_at"),
        row.getString("reason"),
        DecidingPoliciesConverter.fromJson(row.getString("policies")),
        Columns.texts(row, "policy_refusals"),
        Columns.texts(row, "approved_by_authors"),
        row.getBoolean("mine"),
        json.readTree(row.getString("request")));
  }

  /** The end of a page: requests are listed by time, then by id, the newest first. */
  private record Position(OffsetDateTime requestedAt, UUID approvalId) {

    static final Position FIRST =
        new Position(OffsetDateTime.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

    static Position parse(List<String> keys) {
      return new Position(
          Instant.parse(keys.getFirst()).atOffset(ZoneOffset.UTC), UUID.fromString(keys.getLast()));
    }
  }
}
