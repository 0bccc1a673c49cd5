package io.plumbline.platform.event;

import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.lifecycle.BrokerNames;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.GenericMessageListener;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Creates consumers of Kafka topics. The broker and its security are configured by {@code
 * spring.kafka}.
 */
public final class SubscriptionFactory {

  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration SLOWEST_RETRY = Duration.ofSeconds(10);

  private final ConsumerFactory<byte[], byte[]> consumers;
  private final BrokerNames brokers;

  SubscriptionFactory(ConsumerFactory<byte[], byte[]> consumers) {
    this.consumers = consumers;
    this.brokers =
        BrokerNames.of(
            consumers.getConfigurationProperties().get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
  }

  /**
   * Creates a subscription that the replicas of a service share. Each message is received by one of
   * them, starting with the oldest. A message whose listener fails is retried without limit, and
   * none behind it is consumed meanwhile.
   *
   * @param topics gives the topics when the subscription starts
   * @param listener receives single messages or batches
   */
  public Subscription ofGroup(
      String group, Supplier<Set<String>> topics, GenericMessageListener<?> listener) {
    return ofGroup(group, topics, listener, new ConsumerAwareRebalanceListener() {});
  }

  /** Creates such a subscription with a listener to the partitions that this replica receives. */
  Subscription ofGroup(
      String group,
      Supplier<Set<String>> topics,
      GenericMessageListener<?> listener,
      ConsumerAwareRebalanceListener partitions) {
    return new Subscription(
        brokers,
        () ->
            Optional.of(topics.get())
                .filter(some -> !some.isEmpty())
                .map(some -> {
                  ConcurrentMessageListenerContainer<byte[], byte[]> container =
                      createContainer(group, group, some, listener, retryForeverHandler());
                  container.getContainerProperties().setConsumerRebalanceListener(partitions);
                  return container;
                }));
  }

  /**
   * Creates a subscription in which each replica receives every message from its start on; no
   * offset is kept for the next start. A message whose listener keeps failing is skipped.
   */
  public Subscription ofReplica(
      String name, String topic, MessageListener<byte[], byte[]> listener) {
    return new Subscription(
        brokers,
        () -> {
          ConcurrentMessageListenerContainer<byte[], byte[]> container =
              createContainer(
                  name + "-" + Ids.next(),
                  name,
                  Set.of(topic),
                  listener,
                  new DefaultErrorHandler());
          Properties latest = new Properties();
          latest.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
          container.getContainerProperties().setKafkaConsumerProperties(latest);
          return Optional.of(container);
        });
  }

  /** Joins a group of its own for a moment, as a start would, but consumes nothing. */
  void joinGroupBriefly(String name, String topic) {
    CountDownLatch joined = new CountDownLatch(1);
    ConcurrentMessageListenerContainer<byte[], byte[]> container =
        createContainer(
            name + "-rehearsal-" + Ids.next(),
            name,
            Set.of(topic),
            (MessageListener<byte[], byte[]>) ignored -> {},
            new DefaultErrorHandler());
    container
        .getContainerProperties()
        .setConsumerRebalanceListener(
            new ConsumerAwareRebalanceListener() {
              @Override
              public void onPartitionsAssigned(
                  Consumer<?, ?> client, Collection<TopicPartition> partitions) {
                joined.countDown();
              }
            });
    container.start();
    try {
      joined.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      container.stop();
    }
  }

  private ConcurrentMessageListenerContainer<byte[], byte[]> createContainer(
      String group,
      String client,
      Set<String> topics,
      GenericMessageListener<?> listener,
      CommonErrorHandler errors) {
    ContainerProperties properties = new ContainerProperties(topics.toArray(String[]::new));
    properties.setGroupId(group);
    properties.setClientId(client);
    properties.setMessageListener(listener);
    properties.setAckMode(ContainerProperties.AckMode.BATCH);
    // The topic of a service that was never started does not exist yet, which is no reason to stop.
    properties.setMissingTopicsFatal(false);
    ConcurrentMessageListenerContainer<byte[], byte[]> created =
        new ConcurrentMessageListenerContainer<>(consumers, properties);
    created.setBeanName(client);
    created.setCommonErrorHandler(errors);
    return created;
  }

  private static DefaultErrorHandler retryForeverHandler() {
    ExponentialBackOff backOff = new ExponentialBackOff(FIRST_RETRY.toMillis(), 2);
    backOff.setMaxInterval(SLOWEST_RETRY.toMillis());
    DefaultErrorHandler handler = new DefaultErrorHandler(backOff);
    // By default the handler skips the message at once on some exceptions.
    handler.setClassifications(Map.of(), true);
    return handler;
  }
}
