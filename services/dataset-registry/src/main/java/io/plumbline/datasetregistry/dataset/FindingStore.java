package io.plumbline.datasetregistry.dataset;

import io.plumbline.datasetregistry.quality.RowFinding;
import io.plumbline.platform.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Inserts the findings that can be listed, in batches. */
@Repository
class FindingStore {

  private static final int BATCH_SIZE = 1_000;

  private final JdbcTemplate sql;
  private final JsonMapper json;

  FindingStore(JdbcTemplate sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  void insert(UUID version, List<RowFinding> findings) {
    UUID workspace = Caller.current().workspace();
    List<Object[]> batch = new ArrayList<>(BATCH_SIZE);
    for (int seq = 0; seq < findings.size(); seq++) {
      RowFinding finding = findings.get(seq);
      batch.add(
          new Object[] {
            workspace,
            version,
            seq,
            finding.kind(),
            finding.row(),
            finding.itemId(),
            json.writeValueAsString(finding.detail())
          });
      if (batch.size() == BATCH_SIZE || seq == findings.size() - 1) {
        sql.batchUpdate(
            "INSERT INTO finding (workspace_id, version_id, seq, kind, row_number, item_id, detail)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?::jsonb)",
            batch);
        batch.clear();
      }
    }
  }
}
