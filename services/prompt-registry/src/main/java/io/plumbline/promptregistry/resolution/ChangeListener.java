package io.plumbline.promptregistry.resolution;

import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.digest.Ids;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
import org.springframework.stereotype.Component;

/** Hears what other replicas tell. Not part of the service's consumer group: every replica has to hear everything. */
@Component
final class ChangeListener implements SmartLifecycle, MessageListener<byte[], byte[]> {

  private static final String TOPIC = EventTypes.topicOf("prompt-registry");

  private final ResolvedPrompts prompts;
  private final ConcurrentMessageListenerContainer<byte[], byte[]> container;

  ChangeListener(ResolvedPrompts prompts, KafkaConnectionDetails kafka) {
    this.prompts = prompts;
    ContainerProperties properties = new ContainerProperties(TOPIC);
    properties.setGroupId("prompt-registry-changes-" + Ids.next());
    properties.setClientId("prompt-registry-changes");
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
    container.setBeanName("changes");
  }

  @Override
  public void onMessage(ConsumerRecord<byte[], byte[]> message) {
    Optional<String> workspace = header(message, "ce_workspace");
    Optional<String> prompt = header(message, "ce_subject");
    if (workspace.isPresent() && prompt.isPresent()) {
      prompts.forget(UUID.fromString(workspace.get()), prompt.get());
    }
  }

  private static Optional<String> header(ConsumerRecord<byte[], byte[]> message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null ? Optional.empty() : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
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
