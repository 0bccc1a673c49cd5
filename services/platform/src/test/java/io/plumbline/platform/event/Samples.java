package io.plumbline.platform.event;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.platform.signature.EventSigner;
import io.plumbline.platform.signature.TestKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.json.JsonMapper;

/** Events for tests. */
final class Samples {

  static final UUID ACME = new UUID(0, 1);
  static final UUID GLOBEX = new UUID(0, 2);
  static final JsonMapper JSON = JsonMapper.shared();
  static final EventReader EVENTS = new EventReader(JSON);

  static final EventSigner STRATEGY = TestKeys.STRATEGY.signer("strategy");
  static final EventVerifier VERIFIER = new EventVerifier(TestKeys.all());

  private Samples() {}

  static ActionDenied denied(String action) {
    return new ActionDenied(action, "/api/releases/1", 403, "forbidden", List.of("role missing"));
  }

  static byte[] value(String application) {
    return JSON.writeValueAsBytes(
        new ApplicationRegistered(
            new UUID(0, 7),
            application,
            "ada",
            "sorts mails",
            Criticality.LOW,
            TaskType.CLASSIFICATION,
            1_000));
  }

  /** Returns an event as the relay of strategy would send it. */
  static ConsumerRecord<byte[], byte[]> message(EventMetadata event, byte[] value, long offset) {
    return message(
        "plumbline.strategy", STRATEGY.sign(Envelope.toHeaders(event, null), value), value, offset);
  }

  static ConsumerRecord<byte[], byte[]> message(
      String topic, Map<String, String> headers, byte[] value, long offset) {
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>(topic, 0, offset, new byte[0], value);
    headers.forEach(
        (name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return message;
  }

  static EventMetadata registered(UUID id, String subject, UUID workspace) {
    return new EventMetadata(
        id,
        EventTypes.typeOf(ApplicationRegistered.class),
        "strategy",
        subject,
        Instant.parse("2026-11-26T12:00:00Z"),
        workspace,
        "ada",
        1,
        null);
  }
}
