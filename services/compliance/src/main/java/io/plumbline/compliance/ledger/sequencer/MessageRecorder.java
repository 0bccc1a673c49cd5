package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.entry.EntryContent;
import io.plumbline.compliance.ledger.entry.KafkaPosition;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.entry.SkippedMessage;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores the messages that were received: each one once, however often it is delivered, and with
 * its final content, to which the sequencer merely adds a place. Every position is recorded as a
 * message or as skipped, so that a row that somebody erases leaves a gap.
 *
 * <p>A message that has the source and id of another message but a different content is not
 * dropped. It is kept under its position in the topic and marked as refused. Thus nothing can be
 * hidden behind a known id, and no event is shown twice.
 */
public final class MessageRecorder {

  private record SourceAndId(String source, String eventId) {}

  private final Connection connection;
  private final Instant now;

  /**
   * Creates a recorder on one connection; the caller owns the transaction.
   *
   * @param now the time at which the recorded messages were received
   */
  public MessageRecorder(Connection connection, Instant now) {
    this.connection = connection;
    this.now = now;
  }

  /**
   * Records messages and skipped positions.
   *
   * @return the messages that were new, as they were recorded
   * @throws TopicRecreated if a position held another message before
   */
  public List<LedgerMessage> record(List<LedgerMessage> messages, List<SkippedMessage> skipped)
      throws SQLException {
    PartitionNumbers partitionNumbers =
        PartitionNumbers.of(
            connection,
            Stream.concat(
                    messages.stream().map(LedgerMessage::position),
                    skipped.stream().map(SkippedMessage::position))
                .toList());
    List<SkippedMessage> all = new ArrayList<>(skipped);
    List<LedgerMessage> recorded = record(messages, partitionNumbers, all, 0);
    new SkippedOffsets(connection, partitionNumbers).record(all);
    return recorded;
  }

  /**
   * Gives the partition of a position a new number, which is necessary after {@link
   * TopicRecreated}.
   */
  public void renumberPartition(KafkaPosition kafkaPosition) throws SQLException {
    PartitionNumbers.renumber(connection, kafkaPosition);
  }

  private List<LedgerMessage> record(
      List<LedgerMessage> messages,
      PartitionNumbers partitionNumbers,
      List<SkippedMessage> skipped,
      int attempt)
      throws SQLException {
    Set<Long> inserted = insert(messages, partitionNumbers);
    if (inserted.size() == messages.size()) {
      return messages;
    }
    Map<Long, LedgerMessage> recorded = new LinkedHashMap<>();
    List<LedgerMessage> others = new ArrayList<>();
    for (LedgerMessage message : messages) {
      long position = partitionNumbers.positionNumber(message.position());
      if (inserted.contains(position)) {
        recorded.putIfAbsent(position, message);
      } else {
        others.add(message);
      }
    }
    List<LedgerMessage> unknown = unreceived(others, partitionNumbers);
    List<LedgerMessage> conflicting = new ArrayList<>();
    Map<SourceAndId, byte[]> digests = storedDigests(unknown);
    for (LedgerMessage message : unknown) {
      if (hasDigest(message, digests.get(sourceAndId(message)))) {
        skipped.add(new SkippedMessage(message.position(), SkippedMessage.REPEATED));
      } else {
        conflicting.add(
            message.withPositionIdentity(
                partitionNumbers.generation(message.position()) + "." + attempt, now));
      }
    }
    List<LedgerMessage> all = new ArrayList<>(recorded.values());
    if (!conflicting.isEmpty()) {
      all.addAll(record(conflicting, partitionNumbers, skipped, attempt + 1));
    }
    return all;
  }

  /**
   * Inserts the messages whose position and whose source and id are new.
   *
   * @return the positions of the inserted messages
   */
  private Set<Long> insert(List<LedgerMessage> messages, PartitionNumbers partitionNumbers)
      throws SQLException {
    if (messages.isEmpty()) {
      return Set.of();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO ledger_message (position, source, event_id, type, subject, workspace, content_digest,
              headers, value)
            SELECT * FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::bytea[],
              ?::bytea[], ?::bytea[])
            ON CONFLICT DO NOTHING RETURNING position
            """)) {
      insert.setArray(1, positions(messages, partitionNumbers));
      insert.setArray(2, sqlArray("text", messages, message -> message.identity().source()));
      insert.setArray(3, sqlArray("text", messages, message -> message.identity().eventId()));
      insert.setArray(4, sqlArray("text", messages, message -> message.identity().type()));
      insert.setArray(5, sqlArray("text", messages, message -> message.identity().subject()));
      insert.setArray(6, sqlArray("uuid", messages, message -> message.identity().workspace()));
      insert.setArray(7, byteaArray(messages, EntryContent::digest));
      insert.setArray(8, byteaArray(messages, EntryContent::headers));
      insert.setArray(9, byteaArray(messages, EntryContent::value));
      Set<Long> inserted = new HashSet<>();
      try (ResultSet row = insert.executeQuery()) {
        while (row.next()) {
          inserted.add(row.getLong("position"));
        }
      }
      return inserted;
    }
  }

  /** Returns the messages whose position holds nothing yet; the others were delivered again. */
  private List<LedgerMessage> unreceived(
      List<LedgerMessage> messages, PartitionNumbers partitionNumbers) throws SQLException {
    Map<Long, EntryContent> received = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT position, headers, value FROM ledger_message WHERE position = ANY (?)")) {
      select.setArray(1, positions(messages, partitionNumbers));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          received.put(
              row.getLong("position"),
              new EntryContent(row.getBytes("headers"), row.getBytes("value")));
        }
      }
    }
    List<LedgerMessage> unreceived = new ArrayList<>();
    for (LedgerMessage message : messages) {
      EntryContent content = received.get(partitionNumbers.positionNumber(message.position()));
      if (content == null) {
        unreceived.add(message);
      } else if (!message.hasSameContentAs(content)) {
        throw new TopicRecreated(message.position());
      }
    }
    return unreceived;
  }

  /**
   * Returns the digests of the stored messages that have the ids of the given messages, by source
   * and id.
   */
  private Map<SourceAndId, byte[]> storedDigests(Collection<LedgerMessage> messages)
      throws SQLException {
    Map<SourceAndId, byte[]> digests = new HashMap<>();
    if (messages.isEmpty()) {
      return digests;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT source, event_id, content_digest FROM ledger_message WHERE event_id = ANY"
                + " (?)")) {
      select.setArray(1, sqlArray("text", messages, message -> message.identity().eventId()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          digests.put(
              new SourceAndId(row.getString("source"), row.getString("event_id")),
              row.getBytes("content_digest"));
        }
      }
    }
    return digests;
  }

  private Array positions(Collection<LedgerMessage> messages, PartitionNumbers partitionNumbers)
      throws SQLException {
    return sqlArray(
        "bigint", messages, message -> partitionNumbers.positionNumber(message.position()));
  }

  private Array sqlArray(
      String type,
      Collection<LedgerMessage> messages,
      Function<LedgerMessage, @Nullable Object> part)
      throws SQLException {
    return connection.createArrayOf(type, messages.stream().map(part).toArray());
  }

  private Array byteaArray(
      Collection<LedgerMessage> messages, Function<EntryContent, byte @Nullable []> part)
      throws SQLException {
    return connection.createArrayOf(
        "bytea",
        messages.stream().map(message -> part.apply(message.content())).toArray(byte[][]::new));
  }

  private static SourceAndId sourceAndId(LedgerMessage message) {
    return new SourceAndId(message.identity().source(), message.identity().eventId());
  }

  private static boolean hasDigest(LedgerMessage message, byte @Nullable [] contentDigest) {
    return Arrays.equals(message.content().digest(), contentDigest);
  }
}
