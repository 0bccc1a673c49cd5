package io.plumbline.datasetregistry.dataset;

import io.plumbline.platform.identity.Caller;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The authors of dataset versions, none of whom may approve what is made of them: everybody who
 * uploaded, drafted, relabelled or corrected rows of a version, of one that it derives from, or of
 * one that has the same rows.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class DatasetAuthors {

  private final JdbcClient sql;

  DatasetAuthors(JdbcClient sql) {
    this.sql = sql;
  }

  /** Adds those who added the items of the draft that a version is made of. */
  public void addDraft(String dataset, int number, Set<String> authors) {
    sql.sql(
            """
            INSERT INTO draft_author (workspace_id, dataset, number, author)
            SELECT ?, ?, ?, unnest(?::text[])
            """)
        .params(Caller.current().workspace(), dataset, number, authors.toArray(String[]::new))
        .update();
  }

  /** Returns the authors of a version, in alphabetical order. */
  public List<String> of(String dataset, int number) {
    return sql.sql(
            """
            WITH RECURSIVE source (dataset, number, derived_from, rows_digest, created_by) AS (
              SELECT dataset, number, derived_from, rows_digest, created_by FROM dataset_version
              WHERE dataset = :dataset AND number = :number
              UNION
              SELECT v.dataset, v.number, v.derived_from, v.rows_digest, v.created_by
              FROM source s JOIN dataset_version v
                ON v.dataset = s.dataset AND v.number = s.derived_from OR v.rows_digest = s.rows_digest
            )
            SELECT created_by AS author FROM source
            UNION
            SELECT d.author FROM source s JOIN draft_author d
              ON d.dataset = s.dataset AND d.number = s.number
            ORDER BY author
            """)
        .param("dataset", dataset)
        .param("number", number)
        .query((row, index) -> row.getString("author"))
        .list();
  }
}
