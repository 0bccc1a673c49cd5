package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.entry.EntryContent;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores messages as pending, in the order they arrived, each once however often it is delivered.
 * One statement, since every acknowledgement waits for it; the sequencer drops what the ledger has
 * already.
 *
 * <p>A message that has the source and id of another but not its content is not dropped: it is kept
 * under its position in the topic, so that nothing can be hidden behind a known id.
 */
public final class Intake {

  private record Key(String source, String eventId) {}

  private final Connection connection;

  public Intake(Connection connection) {
    this.connection = connection;
  }

  /**
   * @return how many were new
   */
  public int record(List<LedgerMessage> messages) throws SQLException {
    Map<Key, LedgerMessage> first = new HashMap<>();
    List<LedgerMessage> distinct = new ArrayList<>();
    List<LedgerMessage> twins = new ArrayList<>();
    for (LedgerMessage message : messages) {
      LedgerMessage former = first.putIfAbsent(key(message), message);
      if (former == null) {
        distinct.add(message);
      } else if (!same(former, message.content().digest())) {
        twins.add(message.byPosition());
      }
    }
    int inserted = insert(distinct);
    if (inserted < distinct.size()) {
      twins.addAll(otherwisePending(distinct, first));
    }
    return twins.isEmpty() ? inserted : inserted + record(twins);
  }

  private int insert(List<LedgerMessage> messages) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO ledger_pending (source, event_id, type, subject, workspace, content_digest, headers,
              value, position)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::bytea[], ?::bytea[],
              ?::bytea[], ?::text[])
            ON CONFLICT DO NOTHING
            """)) {
      insert.setArray(1, array("text", messages, message -> message.identity().source()));
      insert.setArray(2, array("text", messages, message -> message.identity().eventId()));
      insert.setArray(3, array("text", messages, message -> message.identity().type()));
      insert.setArray(4, array("text", messages, message -> message.identity().subject()));
      insert.setArray(5, array("uuid", messages, message -> message.identity().workspace()));
      insert.setArray(6, bytes(messages, EntryContent::digest));
      insert.setArray(7, bytes(messages, EntryContent::headers));
      insert.setArray(8, bytes(messages, EntryContent::value));
      insert.setArray(9, array("text", messages, LedgerMessage::position));
      return insert.executeUpdate();
    }
  }

  /** Messages whose source and id wait already with another content. */
  private List<LedgerMessage> otherwisePending(
      List<LedgerMessage> messages, Map<Key, LedgerMessage> byKey) throws SQLException {
    List<LedgerMessage> twins = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT source, event_id, content_digest FROM ledger_pending WHERE event_id = ANY"
                + " (?)")) {
      select.setArray(1, array("text", messages, message -> message.identity().eventId()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          LedgerMessage known = byKey.get(new Key(row.getString(1), row.getString(2)));
          if (known != null && !same(known, row.getBytes(3))) {
            twins.add(known.byPosition());
          }
        }
      }
    }
    return twins;
  }

  private Array array(
      String type, List<LedgerMessage> messages, Function<LedgerMessage, @Nullable Object> part)
      throws SQLException {
    return connection.createArrayOf(type, messages.stream().map(part).toArray());
  }

  private Array bytes(List<LedgerMessage> messages, Function<EntryContent, byte @Nullable []> part)
      throws SQLException {
    return connection.createArrayOf(
        "bytea",
        messages.stream().map(message -> part.apply(message.content())).toArray(byte[][]::new));
  }

  private static Key key(LedgerMessage message) {
    return new Key(message.identity().source(), message.identity().eventId());
  }

  private static boolean same(LedgerMessage message, byte[] contentDigest) {
    return Arrays.equals(message.content().digest(), contentDigest);
  }
}
