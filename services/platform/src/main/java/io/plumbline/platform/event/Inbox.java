package io.plumbline.platform.event;

import io.plumbline.contracts.Event;
import io.plumbline.platform.identity.Caller;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies each event once: its record in the inbox and its effect share one transaction, in the
 * workspace of the event.
 */
final class Inbox {

  /**
   * The age from which an event may have been applied and forgotten. Rows are kept for a day
   * longer, since the clock of a publisher may be ahead.
   */
  static final Duration MEMORY = Duration.ofDays(30);

  /** Signals that an event is so old that it may have been applied before. */
  static final class EventForgotten extends RuntimeException {

    private EventForgotten() {
      super(
          "The event is more than %d days old, so this service may have applied it and forgotten"
                  .formatted(MEMORY.toDays())
              + " that. Replay it if it was not applied");
    }
  }

  private final String consumer;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final EventHandlers handlers;
  private final EventReader reader;

  Inbox(
      String consumer,
      JdbcClient sql,
      PlatformTransactionManager transactions,
      EventHandlers handlers,
      EventReader reader) {
    this.consumer = consumer;
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
    this.handlers = handlers;
    this.reader = reader;
  }

  /**
   * Applies an event unless that was done before. Runs {@code also} in the same transaction, in
   * which a retry removes what was set aside.
   *
   * @throws EventForgotten if it may have been done before, and a second time would change
   *     something
   */
  void apply(EventMetadata metadata, byte[] value, Runnable also) {
    apply(metadata, value, also, handlers.isRepeatable(metadata.type()));
  }

  /**
   * Applies an event of any age, because a person decided that, unless the inbox still knows that
   * it was done before.
   */
  void replay(EventMetadata metadata, byte[] value, Runnable also) {
    apply(metadata, value, also, true);
  }

  private void apply(EventMetadata metadata, byte[] value, Runnable also, boolean ofAnyAge) {
    Caller.system(metadata.workspace())
        .run(() ->
            Causation.runCausedBy(
                metadata.id(),
                () ->
                    transaction.executeWithoutResult(status -> {
                      if (recordIfNew(metadata, ofAnyAge)) {
                        Event event = reader.read(value, handlers.classOf(metadata.type()));
                        handlers.handle(event, metadata);
                      }
                      also.run();
                    })));
  }

  private boolean recordIfNew(EventMetadata metadata, boolean ofAnyAge) {
    int added =
        sql.sql(
                """
                INSERT INTO inbox (consumer, source, event_id) SELECT ?, ?, ?
                WHERE ? OR ? >= clock_timestamp() - make_interval(secs => ?)
                  OR (SELECT at FROM inbox_beginning) >= clock_timestamp() - make_interval(secs => ?)
                ON CONFLICT DO NOTHING
                """)
            .params(
                consumer,
                metadata.source(),
                metadata.id(),
                ofAnyAge,
                metadata.time().atOffset(ZoneOffset.UTC),
                MEMORY.toSeconds(),
                MEMORY.toSeconds())
            .update();
    if (added == 0 && !isRecorded(metadata)) {
      throw new EventForgotten();
    }
    return added == 1;
  }

  private boolean isRecorded(EventMetadata metadata) {
    return sql.sql(
            "SELECT EXISTS (SELECT FROM inbox WHERE consumer = ? AND source = ? AND event_id = ?)")
        .params(consumer, metadata.source(), metadata.id())
        .query(Boolean.class)
        .single();
  }
}
