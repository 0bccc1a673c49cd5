package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Published suites and their items. Callers run in a transaction. */
@Repository
public class Suites {

  private final JdbcClient sql;
  private final JdbcTemplate batch;
  private final JsonMapper json;

  Suites(JdbcClient sql, JdbcTemplate batch, JsonMapper json) {
    this.sql = sql;
    this.batch = batch;
    this.json = json;
  }

  public Optional<Suite> find(Digest digest) {
    return sql.sql("SELECT * FROM suite WHERE suite_digest = ?")
        .param(digest.hex())
        .query(this::suite)
        .optional();
  }

  public List<SuiteItem> items(Digest digest) {
    return sql.sql(
            "SELECT ordinal, item_id, perturbation, label FROM suite_item WHERE suite_digest = ?"
                + " ORDER BY ordinal")
        .param(digest.hex())
        .query((row, number) ->
            new SuiteItem(
                row.getInt(1),
                row.getString(2),
                Perturbation.valueOf(row.getString(3)),
                row.getString(4)))
        .list();
  }

  Page<Suite> list(PageRequest page) {
    UUID before = page.after(UUID::fromString, new UUID(-1, -1));
    List<Suite> rows =
        sql.sql("SELECT * FROM suite WHERE id < ? ORDER BY id DESC LIMIT ?")
            .params(before, page.fetch())
            .query(this::suite)
            .list();
    long count = Page.count(sql, "suite");
    return Page.of(rows, page, suite -> List.of(suite.id().toString()), count);
  }

  int latestVersion(String name) {
    // Locked to the end of the transaction, so that two suites of one name get two numbers.
    sql.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")
        .param(Caller.current().workspace() + name)
        .query()
        .listOfRows();
    return sql.sql("SELECT coalesce(max(version), 0) FROM suite WHERE name = ?")
        .param(name)
        .query(Integer.class)
        .single();
  }

  void add(Suite suite, List<SuiteItem> items) {
    UUID workspace = Caller.current().workspace();
    sql.sql("INSERT INTO suite VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)")
        .params(
            workspace,
            suite.digest().hex(),
            suite.id(),
            suite.name(),
            suite.version(),
            json.writeValueAsString(suite.definition()),
            suite.labels().toArray(String[]::new),
            suite.originals(),
            suite.perturbed(),
            suite.createdBy(),
            suite.createdAt().atOffset(ZoneOffset.UTC))
        .update();
    batch.batchUpdate(
        "INSERT INTO suite_item VALUES (?, ?, ?, ?, ?, ?)",
        items,
        500,
        (row, item) -> {
          row.setObject(1, workspace);
          row.setString(2, suite.digest().hex());
          row.setInt(3, item.ordinal());
          row.setString(4, item.itemId());
          row.setString(5, item.perturbation().name());
          row.setString(6, item.label());
        });
  }

  private Suite suite(ResultSet row, int number) throws SQLException {
    return new Suite(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getInt("version"),
        new Digest(row.getString("suite_digest")),
        json.readValue(row.getString("definition"), SuiteDefinition.class),
        Columns.texts(row, "labels"),
        row.getInt("originals"),
        row.getInt("perturbed"),
        row.getString("created_by"),
        Columns.instant(row, "created_at"));
  }
}
