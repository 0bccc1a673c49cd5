package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.Quota;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The published suites and their items. Callers run in a transaction, unless a method begins one.
 */
@Repository
public class Suites {

  /** The share of the items of either suite up to which two suites count as different items. */
  private static final BigDecimal MAX_SHARED = new BigDecimal("0.01");

  private static final TypeReference<Map<String, Integer>> APPLICABLE = new TypeReference<>() {};

  private final JdbcClient sql;
  private final JdbcTemplate batch;
  private final JsonMapper json;
  private final Quota quota;
  private final NewestFirstReader<Suite> newest;

  Suites(
      JdbcClient sql,
      JdbcTemplate batch,
      JsonMapper json,
      @Value("${plumbline.suites.per-workspace:2000}") long perWorkspace) {
    this.sql = sql;
    this.batch = batch;
    this.json = json;
    this.quota = new Quota(sql, "plumbline.suites.per-workspace", perWorkspace);
    this.newest = new NewestFirstReader<>(sql, "suite", this::readSuite, Suite::id);
  }

  @Transactional(readOnly = true)
  public Optional<Suite> find(Digest digest) {
    return sql.sql("SELECT * FROM suite WHERE suite_digest = ?")
        .param(digest.hex())
        .query(this::readSuite)
        .optional();
  }

  @Transactional(readOnly = true)
  public List<SuiteItem> items(Digest digest) {
    return sql.sql(
            "SELECT ordinal, item_id, perturbation, label, content_digest FROM suite_item WHERE"
                + " suite_digest = ? ORDER BY ordinal")
        .param(digest.hex())
        .query((row, number) ->
            new SuiteItem(
                row.getInt("ordinal"),
                row.getString("item_id"),
                Perturbation.valueOf(row.getString("perturbation")),
                row.getString("label"),
                new Digest(row.getString("content_digest"))))
        .list();
  }

  Page<Suite> list(PageRequest page) {
    return newest.page(page, "true");
  }

  /**
   * Requires that the workspace has room for one more suite. Two requests at once may both have it,
   * unless the suites are locked.
   */
  void requireRoom() {
    quota.requireRoom(
        "The workspace",
        "suites",
        "Use one that exists: each new suite is compared with all of them.",
        "suite WHERE workspace_id = ?",
        Caller.current().workspace());
  }

  /** Returns the digests of all suites of the workspace. */
  Set<Digest> digests() {
    return sql.sql("SELECT suite_digest FROM suite")
        .query((row, number) -> new Digest(row.getString("suite_digest")))
        .set();
  }

  /**
   * Locks the workspace's suites until the transaction ends, so that of two suites that are
   * published at once the second sees the items of the first. Callers do long work before.
   */
  void lockSuites() {
    AdvisoryLocks.lock(sql, 4, "suite");
  }

  int lockLatestVersion(String name) {
    // The lock lasts until the transaction ends, so that two suites of one name get two numbers.
    AdvisoryLocks.lock(sql, 0, name);
    return sql.sql("SELECT coalesce(max(version), 0) FROM suite WHERE name = ?")
        .param(name)
        .query(Integer.class)
        .single();
  }

  void add(Suite suite, List<SuiteItem> items) {
    UUID workspace = Caller.current().workspace();
    sql.sql(
            """
            INSERT INTO suite (workspace_id, suite_digest, id, name, version, definition, labels, originals,
              perturbed, applicable, created_by, created_at)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?::jsonb, ?, ?)
            """)
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
            json.writeValueAsString(suite.applicable()),
            suite.createdBy(),
            suite.createdAt().atOffset(ZoneOffset.UTC))
        .update();
    batch.batchUpdate(
        """
        INSERT INTO suite_item (workspace_id, suite_digest, ordinal, item_id, perturbation, label, content_digest)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        items,
        500,
        (row, item) -> {
          row.setObject(1, workspace);
          row.setString(2, suite.digest().hex());
          row.setInt(3, item.ordinal());
          row.setString(4, item.itemId());
          row.setString(5, item.perturbation().name());
          row.setString(6, item.label());
          row.setString(7, item.content().hex());
        });
  }

  /**
   * Finds and stores the suites that count as the same items. These share more than a hundredth of
   * their own items, or of this suite's items, with it. The caller must have locked the suites.
   *
   * @param near pairs of an item of the suite and an earlier one that differs in its wording alone
   */
  void addOverlap(Suite suite, List<NearDuplicateItems.Pair> near) {
    UUID workspace = Caller.current().workspace();
    sql.sql(
            """
            WITH mine AS (SELECT content_digest AS item, count(*) AS items FROM suite_item
                WHERE suite_digest = :suite AND perturbation = 'NONE' GROUP BY content_digest),
              same_item AS (SELECT item, item AS earlier FROM mine
                UNION SELECT n.item, n.earlier FROM unnest(:item::text[], :earlier::text[]) n (item, earlier)
                  JOIN mine USING (item)),
              theirs AS (SELECT o.suite_digest, o.ordinal, p.item FROM suite_item o
                JOIN same_item p ON p.earlier = o.content_digest WHERE o.perturbation = 'NONE'),
              of_theirs AS (SELECT suite_digest, count(DISTINCT ordinal) AS items FROM theirs GROUP BY suite_digest),
              of_mine AS (SELECT suite_digest, sum(mine.items) AS items
                FROM (SELECT DISTINCT suite_digest, item FROM theirs) t JOIN mine USING (item) GROUP BY suite_digest),
              same AS (SELECT s.suite_digest FROM of_theirs JOIN of_mine USING (suite_digest)
                  JOIN suite s USING (suite_digest)
                WHERE of_mine.items > :share * :originals OR of_theirs.items > :share * s.originals)
            INSERT INTO suite_overlap (workspace_id, suite_digest, other_digest)
            SELECT :workspace, :suite, suite_digest FROM same
            UNION SELECT :workspace, suite_digest, :suite FROM same
            UNION SELECT :workspace, :suite, :suite
            """)
        .param("item", near.stream().map(pair -> pair.item().hex()).toArray(String[]::new))
        .param("earlier", near.stream().map(pair -> pair.earlier().hex()).toArray(String[]::new))
        .param("workspace", workspace)
        .param("suite", suite.digest().hex())
        .param("share", MAX_SHARED)
        .param("originals", suite.originals())
        .update();
  }

  /**
   * Returns whether somebody else owns a suite over test items that counts as the same items as the
   * given one.
   */
  boolean isSharedWithOthers(Digest suite, String owner) {
    return sql.sql(
            """
            SELECT EXISTS (SELECT FROM suite_overlap o JOIN suite s ON s.suite_digest = o.other_digest
              WHERE o.suite_digest = ? AND s.created_by <> ? AND s.definition ->> 'subset' = 'test')
            """)
        .params(suite.hex(), owner)
        .query(Boolean.class)
        .single();
  }

  private Suite readSuite(ResultSet row, int number) throws SQLException {
    return new Suite(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getInt("version"),
        new Digest(row.getString("suite_digest")),
        json.readValue(row.getString("definition"), SuiteDefinition.class),
        Columns.texts(row, "labels"),
        row.getInt("originals"),
        row.getInt("perturbed"),
        json.readValue(row.getString("applicable"), APPLICABLE),
        row.getString("created_by"),
        Columns.instant(row, "created_at"));
  }
}
