package io.plumbline.evaluation.experiment;

import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.NewestFirst;
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
   * @param result absent while it is being computed
   */
  record Stored(
      UUID id,
      RequestComparison request,
      @Nullable Comparison result,
      String createdBy,
      Instant createdAt) {}

  private final JdbcClient sql;
  private final JsonMapper json;
  private final NewestFirst<Stored> newest;

  Comparisons(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
    this.newest = new NewestFirst<>(sql, "comparison", this::stored, Stored::id);
  }

  void add(Stored stored) {
    Comparison result = stored.result();
    sql.sql("INSERT INTO comparison VALUES (?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)")
        .param(Caller.current().workspace())
        .param(stored.id())
        .param(stored.request().application())
        .param(json.writeValueAsString(stored.request()))
        .param(result == null ? null : json.writeValueAsString(result))
        .param(stored.createdBy())
        .param(stored.createdAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * @return whether this result is the first
   */
  boolean complete(UUID id, Comparison result) {
    return sql.sql("UPDATE comparison SET result = ?::jsonb WHERE id = ? AND result IS NULL")
            .params(json.writeValueAsString(result), id)
            .update()
        == 1;
  }

  Optional<Stored> find(UUID id) {
    return sql.sql("SELECT * FROM comparison WHERE id = ?")
        .param(id)
        .query(this::stored)
        .optional();
  }

  Page<Stored> list(@Nullable String application, PageRequest page) {
    return newest.page(page, "?::text IS NULL OR application = ?", application, application);
  }

  private Stored stored(ResultSet row, int number) throws SQLException {
    String result = row.getString("result");
    return new Stored(
        row.getObject("id", UUID.class),
        json.readValue(row.getString("request"), RequestComparison.class),
        result == null ? null : json.readValue(result, Comparison.class),
        row.getString("created_by"),
        Columns.instant(row, "created_at"));
  }
}
