package io.plumbline.platform.event;

import io.plumbline.platform.digest.Ids;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;

/**
 * Hears a topic from the start of this replica on. Not part of the service's consumer group, where
 * one replica hears for all: each has to hear for itself, and nothing is remembered for the next
 * start.
 */
public final class ReplicaSubscription implements SmartLifecycle {

  private final ConcurrentMessageListenerContainer<byte[], byte[]> container;

  /**
   * @param name of the service and of what is listened for
   */
  public ReplicaSubscription(
      String name,
      String topic,
      KafkaConnectionDetails kafka,
      MessageListener<byte[], byte[]> listener) {
    ContainerProperties properties = new ContainerProperties(topic);
    properties.setGroupId(name + "-" + Ids.next());
    properties.setClientId(name);
    properties.setMissingTopicsFatal(false);
    properties.setMessageListener(listener);
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.getBootstrapServers(),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "latest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.METADATA_MAX_AGE_CONFIG,
            30_000);
    container =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            properties);
    container.setBeanName(name);
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
