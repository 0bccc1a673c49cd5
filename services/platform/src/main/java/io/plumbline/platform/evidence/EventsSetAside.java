package io.plumbline.platform.evidence;

import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.event.EventMetadata;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The events that a service says it has not applied: its dead letters, of which it can write any.
 * One is believed only if the log has the event that it names, of another service.
 */
final class EventsSetAside {

  /** The maximum number of dead letters that are read. */
  static final int MAX = 10_000;

  private record Named(UUID workspace, String source, UUID id, String type, String key) {}

  private final String service;
  private final Map<Named, Boolean> confirmed = new HashMap<>();

  /**
   * Reads the dead letters of events.
   *
   * @param names the names of the events
   */
  EventsSetAside(String service, Connection connection, Collection<String> names)
      throws SQLException, ServiceTables.TooManyRows {
    this.service = service;
    String[] types =
        EventTypes.all().values().stream()
            .filter(event -> names.contains(EventTypes.nameOf(event)))
            .flatMap(event -> EventTypes.typesOf(event).stream())
            .toArray(String[]::new);
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT workspace_id, source, event_id, type, key FROM dead_letter
            WHERE NOT refused AND type = ANY(?) LIMIT ?
            """)) {
      select.setArray(1, connection.createArrayOf("text", types));
      select.setInt(2, MAX + 1);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          confirmed.put(
              new Named(
                  row.getObject("workspace_id", UUID.class),
                  row.getString("source"),
                  row.getObject("event_id", UUID.class),
                  row.getString("type"),
                  row.getString("key")),
              false);
        }
      }
    }
    if (confirmed.size() > MAX) {
      throw new ServiceTables.TooManyRows(service, MAX, "dead letters");
    }
  }

  /** Notes that the log has an event. */
  void confirm(EventMetadata event) {
    confirmed.computeIfPresent(named(event), (each, before) -> true);
  }

  /**
   * Returns whether an event of the log is one that the service has not applied. It wrote the rows
   * of its own events together with them, so they are none.
   */
  boolean contains(EventMetadata event) {
    return !event.source().equals(service) && confirmed.containsKey(named(event));
  }

  private static Named named(EventMetadata event) {
    return new Named(event.workspace(), event.source(), event.id(), event.type(), event.subject());
  }

  /** Passes on the workspace and the event of each dead letter of which the log has no event. */
  void forEachMadeUp(BiConsumer<UUID, UUID> reader) {
    confirmed.forEach((each, isInLog) -> {
      if (!isInLog) {
        reader.accept(each.workspace, each.id);
      }
    });
  }
}
