package io.plumbline.platform.event;

import io.plumbline.contracts.Event;
import io.plumbline.platform.identity.Caller;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies each event once: its record in the inbox and its effect share one transaction, in the
 * workspace of the event.
 */
final class Inbox {

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
   * which a replay removes the dead letter.
   */
  void apply(EventMetadata metadata, byte[] value, Runnable also) {
    Caller.system(metadata.workspace())
        .run(() ->
            Causation.runCausedBy(
                metadata.id(),
                () ->
                    transaction.executeWithoutResult(status -> {
                      if (recordIfNew(metadata)) {
                        Event event = reader.read(value, handlers.classOf(metadata.type()));
                        handlers.handle(event, metadata);
                      }
                      also.run();
                    })));
  }

  private boolean recordIfNew(EventMetadata metadata) {
    return sql.sql(
                "INSERT INTO inbox (consumer, source, event_id) VALUES (?, ?, ?) ON CONFLICT DO"
                    + " NOTHING")
            .params(consumer, metadata.source(), metadata.id())
            .update()
        == 1;
  }
}
