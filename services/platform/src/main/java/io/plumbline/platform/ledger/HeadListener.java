package io.plumbline.platform.ledger;

import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.contracts.EventTypes;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.kafka.listener.MessageListener;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Receives every signed head. */
final class HeadListener implements MessageListener<byte[], byte[]> {

  static final String TOPIC = EventTypes.topicOf("compliance");
  private static final String TYPE = EventTypes.typeOf(ComplianceEvent.HeadSigned.class);

  private final LedgerLag lag;
  private final JsonMapper json;

  HeadListener(LedgerLag lag, JsonMapper json) {
    this.lag = lag;
    this.json = json.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  }

  @Override
  public void onMessage(ConsumerRecord<byte[], byte[]> message) {
    Header type = message.headers().lastHeader("ce_type");
    if (type != null && TYPE.equals(new String(type.value(), StandardCharsets.UTF_8))) {
      lag.received(json.readValue(message.value(), ComplianceEvent.HeadSigned.class).signedAt());
    }
  }
}
