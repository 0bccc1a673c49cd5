package io.plumbline.compliance.identity;

import io.plumbline.compliance.workspace.Workspaces;
import io.plumbline.contracts.ComplianceEvent.IdentityChanged;
import io.plumbline.contracts.ComplianceEvent.IdentityRecordingChanged;
import io.plumbline.contracts.Event;
import io.plumbline.contracts.state.IdentityRecording;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The record of how far Keycloak's administrative events have become entries of the ledger. An
 * event is published in the transaction that stores its id, so each is published once, whichever
 * replicas read it and wherever one of them stops.
 */
@Service
class IdentityReading {

  /** The subject of the entries that say whether changes are recorded. */
  static final String SUBJECT = "identity-recording";

  /** The days for which the id of an event is kept, counted from the newest event. */
  static final int KEPT_DAYS = 31;

  /**
   * The place up to which events have been read.
   *
   * @param millis the time of the newest event in milliseconds since 1970; 0 before the first
   * @param id the newest event; absent before the first, and after it was missed
   */
  record Place(long millis, @Nullable String id) {}

  /** An event with the workspaces whose ledgers have to show it. */
  record Addressed(AdminEvent event, Set<UUID> workspaces) {}

  /**
   * The last announcement about the recording.
   *
   * @param state absent before the first reading
   * @param readAt when the events were last read to their end; absent before
   */
  record Status(
      @Nullable IdentityRecording state,
      @Nullable String reason,
      @Nullable Instant changedAt,
      @Nullable Instant readAt) {}

  private final JdbcClient sql;
  private final Outbox outbox;
  private final Workspaces workspaces;

  IdentityReading(JdbcClient sql, Outbox outbox, Workspaces workspaces) {
    this.sql = sql;
    this.outbox = outbox;
    this.workspaces = workspaces;
  }

  @Transactional(readOnly = true)
  public Place place() {
    return readPlace("");
  }

  @Transactional(readOnly = true)
  public Status status() {
    return readStatus("");
  }

  /** Returns those of the events that are not stored yet. */
  @Transactional(readOnly = true)
  public List<AdminEvent> unstored(List<AdminEvent> events) {
    String[] ids = events.stream().map(each -> each.change().adminEventId()).toArray(String[]::new);
    Set<String> stored =
        new HashSet<>(
            sql.sql("SELECT event_id FROM identity_event WHERE event_id = ANY (?)")
                .param(ids)
                .query(String.class)
                .list());
    return events.stream().filter(each -> !stored.contains(each.change().adminEventId())).toList();
  }

  /** Publishes those of the events that are not stored yet, and stores how far they lead. */
  @Transactional
  public void store(List<Addressed> events) {
    for (Addressed each : events) {
      IdentityChanged change = each.event().change();
      int added =
          sql.sql(
                  "INSERT INTO identity_event (event_id, occurred_at) VALUES (?, ?) ON CONFLICT DO"
                      + " NOTHING")
              .params(change.adminEventId(), change.changedAt().atOffset(ZoneOffset.UTC))
              .update();
      if (added == 1) {
        each.workspaces()
            .forEach(
                workspace -> publish(workspace, actorOf(change), change, each.event().subject()));
      }
      sql.sql(
              "UPDATE identity_reading SET newest_millis = ?, newest_id = ? WHERE newest_millis <="
                  + " ?")
          .params(
              change.changedAt().toEpochMilli(),
              change.adminEventId(),
              change.changedAt().toEpochMilli())
          .update();
    }
  }

  /**
   * Stores that the events were read to their end, and forgets the ids of those that are so much
   * older than the newest that they are never read again.
   */
  @Transactional
  public void markRead() {
    sql.sql("UPDATE identity_reading SET read_at = clock_timestamp()").update();
    sql.sql(
            """
            DELETE FROM identity_event
            WHERE occurred_at < (SELECT least(now(), to_timestamp(newest_millis / 1000.0)) FROM identity_reading)
              - make_interval(days => ?)
            """)
        .param(KEPT_DAYS)
        .update();
  }

  /** Says in every workspace whether changes are recorded, if that is not what was said last. */
  @Transactional
  public void announce(IdentityRecording state, @Nullable String reason) {
    Status last = readStatus(" FOR UPDATE");
    if (state == last.state() && Objects.equals(reason, last.reason())) {
      return;
    }
    sql.sql("UPDATE identity_reading SET state = ?, reason = ?, changed_at = clock_timestamp()")
        .param(state.name())
        .param(reason)
        .update();
    publishEverywhere(new IdentityRecordingChanged(state, reason));
  }

  /**
   * Says in every workspace that the newest event is gone, unless another replica has said so or
   * has read on.
   */
  @Transactional
  public void announceGap(Place missed) {
    if (readPlace(" FOR UPDATE").equals(missed)) {
      sql.sql("UPDATE identity_reading SET newest_id = NULL").update();
      publishEverywhere(
          new IdentityRecordingChanged(
              IdentityRecording.GAP,
              "The event "
                  + missed.id()
                  + " of "
                  + Instant.ofEpochMilli(missed.millis())
                  + " was read before and is gone from Keycloak: it was removed or has expired."
                  + " Changes that followed it may be missing."));
    }
  }

  private void publishEverywhere(IdentityRecordingChanged event) {
    everywhere().forEach(workspace -> publish(workspace, Caller.SYSTEM, event, SUBJECT));
  }

  /** Returns the workspaces that see what concerns none in particular. */
  Set<UUID> everywhere() {
    List<UUID> all = workspaces.ids();
    return all.isEmpty() ? Set.of(Caller.NO_WORKSPACE) : Set.copyOf(all);
  }

  private void publish(UUID workspace, String actor, Event event, String subject) {
    Caller.requester(workspace, actor).run(() -> outbox.append(event, subject, 1));
  }

  /** Returns who acts in the ledger: nobody of another realm has an account that it could name. */
  private static String actorOf(IdentityChanged change) {
    String by = change.changedBy();
    return by == null || change.changedByRealm() != null ? Caller.SYSTEM : by;
  }

  private Place readPlace(String lock) {
    return sql.sql("SELECT newest_millis, newest_id FROM identity_reading" + lock)
        .query((row, number) -> new Place(row.getLong("newest_millis"), row.getString("newest_id")))
        .single();
  }

  private Status readStatus(String lock) {
    return sql.sql("SELECT state, reason, changed_at, read_at FROM identity_reading" + lock)
        .query((row, number) -> {
          String state = row.getString("state");
          return new Status(
              state == null ? null : IdentityRecording.valueOf(state),
              row.getString("reason"),
              Columns.instantOrNull(row, "changed_at"),
              Columns.instantOrNull(row, "read_at"));
        })
        .single();
  }
}
