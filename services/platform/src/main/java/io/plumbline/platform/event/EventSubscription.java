package io.plumbline.platform.event;

import io.plumbline.contracts.EventTypes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.util.backoff.FixedBackOff;

/** The service's one consumer group, over exactly the topics that it has handlers for. */
final class EventSubscription implements SmartLifecycle {

  private final String service;
  private final EventHandlers handlers;
  private final EventConsumer consumer;
  private final KafkaConnectionDetails kafka;
  private @Nullable ConcurrentMessageListenerContainer<byte[], byte[]> container;

  EventSubscription(
      String service,
      EventHandlers handlers,
      EventConsumer consumer,
      KafkaConnectionDetails kafka) {
    this.service = service;
    this.handlers = handlers;
    this.consumer = consumer;
    this.kafka = kafka;
  }

  @Override
  public synchronized void start() {
    Set<String> topics = handlers.topics();
    if (!topics.isEmpty()) {
      container = container(service, topics, consumer);
      container.start();
    }
  }

  /** Joins a group of its own for a moment, as a start would, and hears nothing. */
  void rehearse() {
    CountDownLatch joined = new CountDownLatch(1);
    ConcurrentMessageListenerContainer<byte[], byte[]> rehearsal =
        container(
            service + "-rehearsal-" + UUID.randomUUID(),
            Set.of(EventTypes.topicOf(service)),
            (MessageListener<byte[], byte[]>) ignored -> {});
    rehearsal
        .getContainerProperties()
        .setConsumerRebalanceListener(
            new ConsumerAwareRebalanceListener() {
              @Override
              public void onPartitionsAssigned(
                  Consumer<?, ?> client, Collection<TopicPartition> partitions) {
                joined.countDown();
              }
            });
    rehearsal.start();
    try {
      joined.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      rehearsal.stop();
    }
  }

  private ConcurrentMessageListenerContainer<byte[], byte[]> container(
      String group, Set<String> topics, Object listener) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getBootstrapServers());
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
    ContainerProperties properties = new ContainerProperties(topics.toArray(String[]::new));
    properties.setGroupId(group);
    properties.setClientId(service + "-inbox");
    properties.setMessageListener(listener);
    properties.setAckMode(ContainerProperties.AckMode.BATCH);
    // A topic of a service that was never started does not exist yet; that is no reason to stop.
    properties.setMissingTopicsFatal(false);
    ConcurrentMessageListenerContainer<byte[], byte[]> created =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            properties);
    created.setBeanName("inbox");
    created.setCommonErrorHandler(
        new DefaultErrorHandler(new FixedBackOff(1_000, FixedBackOff.UNLIMITED_ATTEMPTS)));
    return created;
  }

  @Override
  public synchronized void stop() {
    if (container != null) {
      container.stop();
      container = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return container != null;
  }
}
