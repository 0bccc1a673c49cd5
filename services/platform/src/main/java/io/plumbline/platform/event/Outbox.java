package io.plumbline.platform.event;

import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.lifecycle.Wakeup;
import io.plumbline.platform.observability.Traces;
import io.plumbline.platform.signature.EventSigner;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records events, signed and final to the byte, in the transaction of the change they describe: no
 * row, no effect.
 */
public class Outbox {

  private final String service;
  private final JdbcClient sql;
  private final JsonMapper json;
  private final Clock clock;
  private final Wakeup relay;
  private final Traces traces;
  private final EventSigner signer;

  Outbox(
      String service,
      JdbcClient sql,
      JsonMapper json,
      Clock clock,
      Wakeup relay,
      Traces traces,
      EventSigner signer) {
    this.service = service;
    this.sql = sql;
    this.json = json;
    this.clock = clock;
    this.relay = relay;
    this.traces = traces;
    this.signer = signer;
  }

  /**
   * @param subject the aggregate that changed; events of one subject are delivered in order
   * @param aggregateVersion the aggregate's version after the change
   * @return the event's id
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public UUID append(Event event, String subject, long aggregateVersion) {
    Caller caller = Caller.current();
    EventMetadata metadata =
        new EventMetadata(
            Ids.next(),
            EventTypes.typeOf(event.getClass()),
            service,
            subject,
            clock.instant(),
            caller.workspace(),
            caller.actor(),
            aggregateVersion,
            Causation.current());
    byte[] value = json.writeValueAsBytes(event);
    Map<String, String> headers =
        signer.sign(Envelope.headers(metadata, traces.traceparent()), value);
    sql.sql("INSERT INTO outbox (topic, key, headers, value) VALUES (?, ?, ?::jsonb, ?)")
        .params(EventTypes.topicOf(service), subject, json.writeValueAsString(headers), value)
        .update();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            relay.signal();
          }
        });
    return metadata.id();
  }
}
