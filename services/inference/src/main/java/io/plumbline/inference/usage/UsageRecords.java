package io.plumbline.inference.usage;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.platform.digest.InMemoryMerkleTree;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores which requests each batch of usage counts, and makes receipts of them. The leaves of a
 * batch are in the order of the ids of its requests, so that its root is the same however often it
 * is computed.
 */
@Component
public class UsageRecords {

  private record Found(UUID batch, LocalDate day, boolean reported) {}

  private record Leaf(UUID request, byte[] hash) {}

  private static final int BATCH = 500;

  /** The type of the event that reports a batch, as ledger entries name it. */
  private static final String EVENT = EventTypes.nameOf(InferenceEvent.UsageReported.class);

  private static final Duration PENDING = Duration.ofMinutes(1);

  private final JdbcTemplate sql;

  UsageRecords(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** Returns the subject of the event that reports a batch. The ledger finds the event by it. */
  static String eventSubject(UUID batch) {
    return "usage/" + batch;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void insert(UUID batch, Instant minute, List<Usage> requests) {
    LocalDate day = day(minute);
    sql.batchUpdate(
        "INSERT INTO usage_record (workspace_id, day, request_id, batch_id, leaf) VALUES (?, ?, ?,"
            + " ?, ?)",
        requests,
        BATCH,
        (row, usage) -> {
          row.setObject(1, Caller.current().workspace());
          row.setObject(2, day);
          row.setObject(3, usage.requestId());
          row.setObject(4, batch);
          row.setBytes(5, usage.leaf().bytes());
        });
  }

  @Transactional(propagation = Propagation.MANDATORY)
  Digest merkleRoot(UUID batch, Instant minute) {
    return Digest.ofRaw(treeOf(readLeaves(batch, day(minute))).root());
  }

  /** Returns the day (UTC) of a batch's minute, under which its records are kept. */
  private static LocalDate day(Instant minute) {
    return LocalDate.ofInstant(minute, ZoneOffset.UTC);
  }

  /**
   * Returns the receipt of a request.
   *
   * @param arrived the day (UTC) on which the request arrived; it may have ended on a later day
   * @return empty when the request was not metered, or its record is no longer kept
   * @throws Problem 409 when the batch of the request is not reported yet
   */
  @Transactional(readOnly = true)
  public Optional<Receipt> receipt(RequestRecord record, LocalDate arrived) {
    return sql
        .query(
            """
            SELECT r.batch_id, r.day, m.reported FROM usage_record r
              JOIN usage_minute m ON m.workspace_id = r.workspace_id AND m.batch_id = r.batch_id
            WHERE r.workspace_id = ? AND r.day >= ? AND r.request_id = ? ORDER BY r.day LIMIT 1
            """,
            (row, index) ->
                new Found(
                    row.getObject("batch_id", UUID.class),
                    row.getObject("day", LocalDate.class),
                    row.getBoolean("reported")),
            Caller.current().workspace(),
            arrived,
            record.requestId())
        .stream()
        .findFirst()
        .map(found -> receipt(record, found));
  }

  /**
   * Returns the receipt of a request of a reported batch. The root of a batch that is not reported
   * yet changes with each request.
   */
  private Receipt receipt(RequestRecord record, Found found) {
    if (!found.reported) {
      throw new Problem(
              InferenceProblem.RECEIPT_PENDING,
              "The request is not in the ledger yet: requests are recorded there when their minute"
                  + " is over. Try again in a minute.")
          .retryAfter(PENDING);
    }
    List<Leaf> leaves = readLeaves(found.batch, found.day);
    int index = leaves.stream().map(Leaf::request).toList().indexOf(record.requestId());
    InMemoryMerkleTree tree = treeOf(leaves);
    return new Receipt(
        new String(record.canonicalBytes(), StandardCharsets.UTF_8),
        found.batch,
        Digest.ofRaw(leaves.get(index).hash),
        index,
        leaves.size(),
        tree.inclusionProof(index).stream().map(Digest::ofRaw).toList(),
        Digest.ofRaw(tree.root()),
        EVENT,
        eventSubject(found.batch));
  }

  private static InMemoryMerkleTree treeOf(List<Leaf> leaves) {
    return new InMemoryMerkleTree(leaves.stream().map(Leaf::hash).toList());
  }

  private List<Leaf> readLeaves(UUID batch, LocalDate day) {
    return sql.query(
        "SELECT request_id, leaf FROM usage_record WHERE workspace_id = ? AND day = ? AND batch_id"
            + " = ? ORDER BY request_id",
        (row, index) -> new Leaf(row.getObject("request_id", UUID.class), row.getBytes("leaf")),
        Caller.current().workspace(),
        day,
        batch);
  }
}
