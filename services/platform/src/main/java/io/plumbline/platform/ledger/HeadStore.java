package io.plumbline.platform.ledger;

import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.contracts.ComplianceEvent.KeySuccession;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores the last proved head, so that it survives restarts. Its age is measured by the clock of
 * the service's own database, which both times are read from, and not by that of another service.
 */
final class HeadStore {

  record Stored(HeadSigned head, Duration age) {}

  private static final JsonMapper JSON = JsonMapper.shared();

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
                SELECT tree_size, root, signed_at, signature, key_id, origin, successions::text AS successions,
                  greatest(0, extract(epoch FROM clock_timestamp() - received_at))::bigint AS age_seconds
                FROM received_head
                """)
            .query((row, index) ->
                new Stored(readHead(row), Duration.ofSeconds(row.getLong("age_seconds"))))
            .optional());
  }

  private static HeadSigned readHead(ResultSet row) throws SQLException {
    return new HeadSigned(
        row.getLong("tree_size"),
        Digest.ofRaw(row.getBytes("root")),
        Columns.instant(row, "signed_at"),
        row.getString("signature"),
        row.getString("key_id"),
        row.getString("origin"),
        null,
        readSuccessions(row.getString("successions")));
  }

  private static @Nullable List<KeySuccession> readSuccessions(@Nullable String json) {
    return json == null ? null : JSON.readValue(json, new TypeReference<List<KeySuccession>>() {});
  }

  /**
   * Stores a head, unless the stored one is larger, or covers as many entries with another root.
   *
   * @param afterLoss whether the head is the first after a loss that an operator accepted, and so
   *     replaces any
   */
  void save(HeadSigned head, boolean afterLoss) {
    @Nullable List<KeySuccession> successions = head.successions();
    transactions.executeWithoutResult(status ->
        sql.sql(
                """
                INSERT INTO received_head (tree_size, root, signed_at, signature, key_id, origin, successions)
                VALUES (?, ?, ?, ?, ?, ?, ?::jsonb)
                ON CONFLICT (one) DO UPDATE SET tree_size = excluded.tree_size, root = excluded.root,
                  signed_at = excluded.signed_at, signature = excluded.signature, key_id = excluded.key_id,
                  origin = excluded.origin, successions = excluded.successions,
                  losses = received_head.losses + ?, received_at = clock_timestamp()
                WHERE ? OR received_head.tree_size < excluded.tree_size
                  OR (received_head.tree_size = excluded.tree_size AND received_head.root = excluded.root)
                """)
            .param(head.treeSize())
            .param(head.root().bytes())
            .param(head.signedAt().atOffset(ZoneOffset.UTC))
            .param(head.signature())
            .param(head.keyId())
            .param(head.origin())
            .param(successions == null ? null : JSON.writeValueAsString(successions))
            .param(afterLoss ? 1 : 0)
            .param(afterLoss)
            .update());
  }
}
