package io.plumbline.compliance.verification;

import io.plumbline.compliance.ledger.entry.EntryHeader;
import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.evidence.LoggedEvent;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The events in the ledger, without the messages that were refused. */
record LedgerLog(Connection connection, Collection<String> types) implements LoggedEvent.Log {

  private static final int FETCH = 200;

  @Override
  public void forEach(LoggedEvent.Reader reader) throws Exception {
    try (PreparedStatement select =
        connection.prepareStatement(
            StoredEntry.SELECT
                + "WHERE m.type = ANY(?) AND m.source <> 'position' ORDER BY e.idx")) {
      select.setArray(1, connection.createArrayOf("text", types.toArray()));
      select.setFetchSize(FETCH);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Optional<LoggedEvent> event = event(StoredEntry.read(row));
          if (event.isPresent()) {
            reader.read(event.get());
          }
        }
      }
    }
  }

  private static Optional<LoggedEvent> event(StoredEntry entry) {
    byte[] value = entry.content().value();
    UUID workspace = entry.workspace();
    if (value == null || workspace == null) {
      return Optional.empty();
    }
    try {
      Map<String, String> headers = new HashMap<>();
      for (EntryHeader header : entry.content().decodeHeaders()) {
        byte[] text = header.value();
        headers.put(header.name(), text == null ? "" : new String(text, StandardCharsets.UTF_8));
      }
      return Optional.of(
          new LoggedEvent(
              entry.index(),
              new EventMetadata(
                  UUID.fromString(entry.eventId()),
                  entry.type(),
                  entry.source(),
                  entry.subject(),
                  Instant.parse(headers.getOrDefault("ce_time", "")),
                  workspace,
                  headers.getOrDefault("ce_actor", ""),
                  Long.parseLong(headers.getOrDefault("ce_aggregateversion", "0")),
                  null),
              value));
    } catch (RuntimeException e) {
      // Its bytes were changed, which the verification of the ledger itself reports.
      return Optional.empty();
    }
  }
}
