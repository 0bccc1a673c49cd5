package io.plumbline.evaluation.experiment;

import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Requested comparisons and, once computed, their results. Callers run in a transaction. */
@Repository
class Comparisons {

  /**
   * A comparison as it is stored.
   *
   * @param exploration whether the compared runs are exploration, so that the comparison is no
   *     evidence
   * @param result the result; absent while it is being computed, and when that failed
   * @param failure why the result could not be computed; absent otherwise
   */
  record Stored(
      UUID id,
      ComparisonController.RequestComparison request,
      boolean exploration,
      @Nullable Comparison result,
      @Nullable String failure,
      String createdBy,
      Instant createdAt) {

    boolean ended() {
      return result != null || failure != null;
    }
  }

  private final JdbcClient sql;
  private final JsonMapper json;
  private final NewestFirstReader<Stored> newest;

  Comparisons(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
    this.newest = new NewestFirstReader<>(sql, "comparison", this::readStored, Stored::id);
  }

  void add(Stored stored) {
    Comparison result = stored.result();
    sql.sql(
            """
            INSERT INTO comparison (workspace_id, id, application, request, result, failure, created_by,
              created_at, exploration)
            VALUES (?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?)
            """)
        .param(Caller.current().workspace())
        .param(stored.id())
        .param(stored.request().application())
        .param(json.writeValueAsString(stored.request()))
        .param(result == null ? null : json.writeValueAsString(result))
        .param(stored.failure())
        .param(stored.createdBy())
        .param(stored.createdAt().atOffset(ZoneOffset.UTC))
        .param(stored.exploration())
        .update();
  }

  /**
   * Stores the result of a comparison that has not ended.
   *
   * @return whether it had not ended before
   */
  boolean complete(UUID id, Comparison result) {
    return sql.sql(
                "UPDATE comparison SET result = ?::jsonb WHERE id = ? AND result IS NULL AND"
                    + " failure IS NULL")
            .params(json.writeValueAsString(result), id)
            .update()
        == 1;
  }

  /** Ends a comparison without a result, unless it has ended already. */
  void fail(UUID id, String reason) {
    sql.sql("UPDATE comparison SET failure = ? WHERE id = ? AND result IS NULL AND failure IS NULL")
        .params(reason, id)
        .update();
  }

  Optional<Stored> find(UUID id) {
    return sql.sql("SELECT * FROM comparison WHERE id = ?")
        .param(id)
        .query(this::readStored)
        .optional();
  }

  Page<Stored> list(@Nullable String application, PageRequest page) {
    return newest.page(page, "?::text IS NULL OR application = ?", application, application);
  }

  private Stored readStored(ResultSet row, int number) throws SQLException {
    String result = row.getString("result");
    return new Stored(
        row.getObject("id", UUID.class),
        json.readValue(row.getString("request"), ComparisonController.RequestComparison.class),
        row.getBoolean("exploration"),
        result == null ? null : json.readValue(result, Comparison.class),
        row.getString("failure"),
        row.getString("created_by"),
        Columns.instant(row, "created_at"));
  }
}
