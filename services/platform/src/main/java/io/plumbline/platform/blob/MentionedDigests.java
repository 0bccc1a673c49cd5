package io.plumbline.platform.blob;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The digests that occur anywhere in the text of a row of this service. */
final class MentionedDigests {

  private final JdbcClient sql;
  private final TransactionTemplate readTransaction;

  MentionedDigests(JdbcClient sql, PlatformTransactionManager transactions) {
    this.sql = sql;
    this.readTransaction = new TransactionTemplate(transactions);
    this.readTransaction.setReadOnly(true);
  }

  /**
   * Returns those of the given digests, in hexadecimal, that occur in a row that the caller's
   * workspace can see. Throws if this service may not read one of its tables, so that a collection
   * ends before it deletes any content.
   */
  Set<String> mentionedOf(Collection<String> digests) {
    String[] candidates = digests.toArray(String[]::new);
    Set<String> mentioned = new HashSet<>();
    readTransaction.executeWithoutResult(status -> {
      for (String table : namesOfAllTables()) {
        mentioned.addAll(
            sql.sql(
                    ("SELECT DISTINCT found[1] FROM %s AS line,"
                            + " regexp_matches(line::text, '[0-9a-f]{64}', 'g') AS found"
                            + " WHERE found[1] = ANY(?)")
                        .formatted(table))
                .param(candidates)
                .query(String.class)
                .list());
      }
    });
    return mentioned;
  }

  /**
   * Returns every table of the service: a digest in any column of any of them keeps its content.
   */
  private List<String> namesOfAllTables() {
    return sql.sql(
            """
            SELECT oid::regclass::text AS name FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
              AND relname <> 'flyway_schema_history'
            """)
        .query((row, number) -> row.getString("name"))
        .list();
  }
}
