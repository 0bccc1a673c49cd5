package io.plumbline.platform.ledger;

import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.digest.Ids;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Hears every signed head. Not part of the service's consumer group: each replica has to hear for itself. */
final class HeadListener implements SmartLifecycle, MessageListener<byte[], byte[]> {

  private static final String TYPE = EventTypes.typeOf(ComplianceEvent.HeadSigned.class);

  private final LedgerLag lag;
  private final JsonMapper json;
  private final ConcurrentMessageListenerContainer<byte[], byte[]> container;

  HeadListener(String service, LedgerLag lag, JsonMapper json, KafkaConnectionDetails kafka) {
    this.lag = lag;
    this.json = json.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    ContainerProperties properties = new ContainerProperties(EventTypes.topicOf("compliance"));
    properties.setGroupId(service + "-heads-" + Ids.next());
    properties.setClientId(service + "-heads");
    properties.setMissingTopicsFatal(false);
    properties.setMessageListener(this);
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getBootstrapServers(),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
            ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
    container =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()), properties);
    container.setBeanName("heads");
  }

  @Override
  public void onMessage(ConsumerRecord<byte[], byte[]> message) {
    Header type = message.headers().lastHeader("ce_type");
    if (type != null && TYPE.equals(new String(type.value(), StandardCharsets.UTF_8))) {
      lag.heard(json.readValue(message.value(), ComplianceEvent.HeadSigned.class).signedAt());
    }
  }

  @Override
  public void start() {
    container.start();
  }

  @Override
  public void stop() {
    container.stop();
  }

  @Override
  public boolean isRunning() {
    return container.isRunning();
  }
}
