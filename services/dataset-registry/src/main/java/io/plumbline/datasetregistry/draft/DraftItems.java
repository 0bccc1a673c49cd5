package io.plumbline.datasetregistry.draft;

import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The items of drafts, in the order in which they were added. */
@Repository
class DraftItems {

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final JdbcClient sql;

  DraftItems(JdbcClient sql) {
    this.sql = sql;
  }

  /** The size of a draft. */
  record Size(long items, long characters) {}

  Size size(String dataset) {
    return sql.sql(
            "SELECT count(*) AS items, coalesce(sum(length(line)), 0) AS characters FROM draft_item"
                + " WHERE dataset = ?")
        .param(dataset)
        .query(Size.class)
        .single();
  }

  Optional<DraftItem> findByItemId(String dataset, String itemId) {
    return sql.sql("SELECT * FROM draft_item WHERE dataset = ? AND item_id = ?")
        .params(dataset, itemId)
        .query((row, index) -> readItem(row))
        .optional();
  }

  Page<DraftItem> page(String dataset, PageRequest page) {
    UUID after = page.after(UUID::fromString, BEFORE_ALL);
    List<DraftItem> rows =
        sql.sql("SELECT * FROM draft_item WHERE dataset = ? AND id > ? ORDER BY id LIMIT ?")
            .params(dataset, after, page.fetchSize())
            .query((row, index) -> readItem(row))
            .list();
    long total = Page.countRows(sql, "draft_item WHERE dataset = ?", dataset);
    return Page.of(rows, page, row -> List.of(row.draftItemId().toString()), total);
  }

  List<DraftItem> all(String dataset) {
    return sql.sql("SELECT * FROM draft_item WHERE dataset = ? ORDER BY id")
        .param(dataset)
        .query((row, index) -> readItem(row))
        .list();
  }

  void insert(String dataset, DraftItem item) {
    sql.sql(
            "INSERT INTO draft_item (workspace_id, id, dataset, item_id, line, added_by, added_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")
        .params(
            Caller.current().workspace(),
            item.draftItemId(),
            dataset,
            item.itemId(),
            item.line(),
            item.addedBy(),
            Timestamp.from(item.addedAt()))
        .update();
  }

  /**
   * @return whether the draft had the item
   */
  boolean delete(String dataset, UUID draftItemId) {
    return sql.sql("DELETE FROM draft_item WHERE dataset = ? AND id = ?")
            .params(dataset, draftItemId)
            .update()
        > 0;
  }

  void delete(String dataset, Collection<UUID> draftItemIds) {
    sql.sql("DELETE FROM draft_item WHERE dataset = ? AND id = ANY (?)")
        .param(dataset)
        .param(draftItemIds.toArray(UUID[]::new))
        .update();
  }

  private static DraftItem readItem(ResultSet row) throws SQLException {
    return new DraftItem(
        row.getObject("id", UUID.class),
        row.getString("item_id"),
        row.getString("line"),
        row.getString("added_by"),
        Columns.instant(row, "added_at"));
  }
}
