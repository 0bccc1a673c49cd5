package io.plumbline.platform.event;

import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.lifecycle.Wakeup;
import io.plumbline.platform.observability.Traces;
import io.plumbline.platform.signature.EventSigner;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records events in the transaction of the change that they describe: no row, no effect. A recorded
 * event is signed, and its bytes are final.
 */
public class Outbox {

  /**
   * The maximum size of a record in bytes: key, value, and names and values of headers. Kafka
   * accepts at most 1 MiB, including what it adds itself. A larger record would stay in the outbox
   * and block everything behind it.
   */
  static final int MAX_BYTES = 1_000 * 1_024;

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
   * Records an event. If a person acts, the roles in the person's token are part of what is signed.
   *
   * @param subject the aggregate that changed; events of one subject are delivered in order
   * @param aggregateVersion the aggregate's version after the change
   * @return the event's id
   * @throws EventTooLarge when the event could not be published; the transaction is rolled back
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
    Map<String, String> envelope = Envelope.toHeaders(metadata, traces.traceparent());
    if (!caller.service() && !caller.roles().isEmpty()) {
      envelope.put(Envelope.ROLES, roleNames(caller));
    }
    Map<String, String> headers = signer.sign(envelope, value);
    int bytes = recordBytes(subject, headers, value);
    if (bytes > MAX_BYTES) {
      throw new EventTooLarge(metadata, bytes);
    }
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

  private static String roleNames(Caller person) {
    return person.roles().stream().map(Role::claim).sorted().collect(Collectors.joining(","));
  }

  private static int recordBytes(String key, Map<String, String> headers, byte[] value) {
    int bytes = utf8Bytes(key) + value.length;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      bytes += utf8Bytes(header.getKey()) + utf8Bytes(header.getValue());
    }
    return bytes;
  }

  private static int utf8Bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
