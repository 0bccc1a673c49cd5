package io.plumbline.platform.ledger;

import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.Columns;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stores the largest received head, so that it survives restarts. Its age is measured by the clock
 * of the service's own database, which both times are read from, and not by that of another
 * service.
 */
final class HeadStore {

  record Stored(HeadSigned head, Duration age) {}

  private final JdbcClient sql;
  private final TransactionOperations transactions;

  HeadStore(JdbcClient sql, TransactionOperations transactions) {
    this.sql = sql;
    this.transactions = transactions;
  }

  Optional<Stored> load() {
    return transactions.execute(status ->
        sql.sql(
                """
                SELECT tree_size, root, signed_at, signature, key_id,
                  greatest(0, extract(epoch FROM clock_timestamp() - received_at))::bigint AS age_seconds
                FROM received_head
                """)
            .query((row, index) ->
                new Stored(
                    new HeadSigned(
                        row.getLong("tree_size"),
                        Digest.ofRaw(row.getBytes("root")),
                        Columns.instant(row, "signed_at"),
                        row.getString("signature"),
                        row.getString("key_id")),
                    Duration.ofSeconds(row.getLong("age_seconds"))))
            .optional());
  }

  void save(HeadSigned head) {
    transactions.executeWithoutResult(status ->
        sql.sql(
                """
                INSERT INTO received_head (tree_size, root, signed_at, signature, key_id) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (one) DO UPDATE SET tree_size = excluded.tree_size, root = excluded.root,
                  signed_at = excluded.signed_at, signature = excluded.signature, key_id = excluded.key_id,
                  received_at = clock_timestamp()
                WHERE received_head.tree_size <= excluded.tree_size
                """)
            .params(
                head.treeSize(),
                head.root().bytes(),
                head.signedAt().atOffset(ZoneOffset.UTC),
                head.signature(),
                head.keyId())
            .update());
  }
}
