package io.plumbline.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.platform.signature.Authenticity;
import io.plumbline.platform.signature.EventSigner;
import io.plumbline.platform.signature.TestKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class EventVerifierTests {

  private static final byte[] VALUE = "{}".getBytes(StandardCharsets.UTF_8);
  private static final EventSigner COMPLIANCE = TestKeys.COMPLIANCE.signer("compliance");

  @Test
  void an_event_of_its_owner_on_its_owners_topic_is_authentic() {
    assertThat(
            verify("plumbline.strategy", Samples.STRATEGY, ApplicationRegistered.class, "strategy"))
        .isEqualTo(Authenticity.AUTHENTIC);
    assertThat(verify("plumbline.compliance", COMPLIANCE, ApprovalDecided.class, "compliance"))
        .isEqualTo(Authenticity.AUTHENTIC);
  }

  @Test
  void a_refusal_belongs_to_the_service_whose_topic_it_is_on() {
    assertThat(verify("plumbline.compliance", COMPLIANCE, ActionDenied.class, "compliance"))
        .isEqualTo(Authenticity.AUTHENTIC);
    assertThat(verify("plumbline.compliance", COMPLIANCE, ActionDenied.class, "strategy"))
        .isEqualTo(Authenticity.MISPLACED);
  }

  /** A service with its own credentials and key, on its own topic. */
  @Test
  void a_service_cannot_publish_what_belongs_to_another() {
    assertThat(verify("plumbline.strategy", Samples.STRATEGY, ApprovalDecided.class, "strategy"))
        .isEqualTo(Authenticity.MISPLACED);
    assertThat(verify("plumbline.strategy", Samples.STRATEGY, ApprovalDecided.class, "compliance"))
        .isEqualTo(Authenticity.MISPLACED);
    assertThat(
            verify("plumbline.compliance", Samples.STRATEGY, ApprovalDecided.class, "compliance"))
        .isEqualTo(Authenticity.UNKNOWN_KEY);
  }

  @Test
  void what_has_no_value_or_no_envelope_is_malformed() {
    ConsumerRecord<byte[], byte[]> message =
        message("plumbline.strategy", Samples.STRATEGY, ApplicationRegistered.class, "strategy");

    assertThat(Samples.VERIFIER.verify(message.topic(), message.headers(), null))
        .isEqualTo(Authenticity.MALFORMED);
    message.headers().add("ce_subject", VALUE);
    assertThat(Samples.VERIFIER.verify(message.topic(), message.headers(), VALUE))
        .isEqualTo(Authenticity.MALFORMED);
  }

  private static Authenticity verify(
      String topic, EventSigner signer, Class<? extends Event> type, String source) {
    ConsumerRecord<byte[], byte[]> message = message(topic, signer, type, source);
    return Samples.VERIFIER.verify(topic, message.headers(), message.value());
  }

  private static ConsumerRecord<byte[], byte[]> message(
      String topic, EventSigner signer, Class<? extends Event> type, String source) {
    EventMetadata event =
        new EventMetadata(
            new UUID(0, 1),
            EventTypes.typeOf(type),
            source,
            "subject",
            Instant.EPOCH,
            Samples.ACME,
            "ada",
            1,
            null);
    Map<String, String> headers = signer.sign(Envelope.toHeaders(event, null), VALUE);
    return Samples.message(topic, headers, VALUE, 1);
  }
}
