package io.plumbline.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.HandClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HeadListenerTests {

  private final HandClock clock = new HandClock();
  private final LedgerLag lag =
      new LedgerLag(() -> Duration.ZERO, clock, new LedgerSettings(Duration.ofMinutes(15)));
  private final HeadListener listener = new HeadListener(lag, JsonMapper.shared());

  @Test
  void a_head_of_a_newer_version_counts() {
    clock.advance(Duration.ofMinutes(1));

    listener.onMessage(
        message(
            EventTypes.typeOf(ComplianceEvent.HeadSigned.class),
            """
            {"treeSize": 1, "root": "%s", "signedAt": "%s", "signature": "", "keyId": "", "addedLater": true}
            """
                .formatted(Digest.ofText("root").hex(), clock.instant())));

    assertThat(lag.current()).isZero();
  }

  @Test
  void other_events_of_compliance_do_not() {
    clock.advance(Duration.ofMinutes(1));

    listener.onMessage(message("io.plumbline.policy.published.v1", "not even JSON"));
    listener.onMessage(
        new ConsumerRecord<>(
            "plumbline.compliance",
            0,
            0,
            new byte[0],
            "without an envelope".getBytes(StandardCharsets.UTF_8)));

    assertThat(lag.current()).isEqualTo(Duration.ofMinutes(1));
  }

  private static ConsumerRecord<byte[], byte[]> message(String type, String value) {
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>(
            "plumbline.compliance", 0, 0, new byte[0], value.getBytes(StandardCharsets.UTF_8));
    message.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
    return message;
  }
}
