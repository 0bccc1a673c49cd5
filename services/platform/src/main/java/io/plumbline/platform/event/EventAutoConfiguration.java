package io.plumbline.platform.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.data.DatabaseLogin;
import io.plumbline.platform.event.position.AppliedPositions;
import io.plumbline.platform.event.position.PositionAutoConfiguration;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import io.plumbline.platform.lifecycle.Backoff;
import io.plumbline.platform.lifecycle.Wakeup;
import io.plumbline.platform.observability.Metrics;
import io.plumbline.platform.observability.ObservabilityAutoConfiguration;
import io.plumbline.platform.observability.Traces;
import io.plumbline.platform.signature.EventSigner;
import io.plumbline.platform.signature.SignatureAutoConfiguration;
import io.plumbline.platform.signature.VerificationKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configures the publishing of events through the outbox, and their consumption through the inbox.
 */
@AutoConfiguration(
    after = {
      PositionAutoConfiguration.class,
      KafkaAutoConfiguration.class,
      ObservabilityAutoConfiguration.class,
      SignatureAutoConfiguration.class
    })
public class EventAutoConfiguration {

  private static final Logger log = LoggerFactory.getLogger(EventAutoConfiguration.class);

  private final String service;

  EventAutoConfiguration(@Value("${spring.application.name}") String service) {
    this.service = service;
  }

  @Bean
  Wakeup outboxWakeup() {
    return new Wakeup();
  }

  @Bean
  Outbox outbox(
      JdbcClient sql,
      JsonMapper json,
      Clock clock,
      @Qualifier("outboxWakeup") Wakeup relay,
      Traces traces,
      EventSigner signer) {
    return new Outbox(service, sql, json, clock, relay, traces, signer);
  }

  @Bean
  OutboxBacklog outboxBacklog(JdbcClient sql) {
    return new OutboxBacklog(sql);
  }

  @Bean
  MeterBinder outboxMetrics(OutboxBacklog backlog) {
    return registry -> {
      Metrics.OUTBOX_PENDING.gauge(registry, backlog, OutboxBacklog::size);
      Metrics.OUTBOX_AGE.gauge(registry, backlog, each -> each.age().toMillis() / 1_000.0);
    };
  }

  @Bean
  BackgroundLoop outboxRelay(
      DatabaseLogin login,
      ProducerFactory<byte[], byte[]> producers,
      @Qualifier("outboxWakeup") Wakeup wakeup,
      JsonMapper json,
      MeterRegistry meters) {
    OutboxRelay relay =
        new OutboxRelay(
            login::connect,
            () ->
                new KafkaProducer<>(
                    producerSettings(service, producers.getConfigurationProperties())),
            wakeup,
            json,
            OutboxRelay.LEASE,
            meters);
    return new BackgroundLoop(
        "outbox-relay",
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
        relay::send,
        relay::reportFailure);
  }

  /**
   * Returns the settings of the relay's producer, with the broker and its security as configured.
   * The relay does not use the producer of the factory, which is shared and survives a close: the
   * relay must be able to end its producer before anything is sent out of order.
   */
  static Map<String, Object> producerSettings(String service, Map<String, Object> configured) {
    Map<String, Object> settings = new HashMap<>(configured);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, service + "-outbox");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // This is Kafka's default. An event that the outbox has recorded fits, whatever is configured
    // elsewhere.
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1 << 20);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    return settings;
  }

  @Bean
  EventHandlers eventHandlers(ListableBeanFactory beans, JdbcClient sql, JsonMapper json) {
    return new EventHandlers(beans, sql, json);
  }

  @Bean
  EventReader eventReader(JsonMapper json) {
    return new EventReader(json);
  }

  @Bean
  Inbox inbox(
      JdbcClient sql,
      PlatformTransactionManager transactions,
      EventHandlers handlers,
      EventReader reader) {
    return new Inbox(service, sql, transactions, handlers, reader);
  }

  @Bean
  DeadLetters deadLetters(
      JdbcClient sql,
      JsonMapper json,
      ApplicationEventPublisher inside,
      AppliedPositions positions) {
    return new DeadLetters(sql, json, inside, positions);
  }

  @Bean
  EventVerifier eventVerifier(VerificationKeys keys) {
    return new EventVerifier(keys);
  }

  @Bean
  DeadLetterReplay deadLetterReplay(DeadLetters deadLetters, Inbox inbox, EventVerifier verifier) {
    return new DeadLetterReplay(deadLetters, inbox, verifier);
  }

  @Bean
  BackgroundLoop failedEventRetry(
      DeadLetters deadLetters, Inbox inbox, EventVerifier verifier, MeterRegistry meters) {
    FailedEventRetry retry = new FailedEventRetry(deadLetters, inbox, verifier, meters);
    return BackgroundLoop.every(
        Duration.ofMillis(500),
        "failed-event-retry",
        retry::retryDue,
        cause -> log.error("Failed events could not be retried. This is tried again", cause));
  }

  @Bean
  EarlierEvents earlierEvents(
      EventHandlers handlers,
      EventVerifier verifier,
      EventReader reader,
      ConsumerFactory<byte[], byte[]> consumers,
      JdbcClient sql,
      PlatformTransactionManager transactions) {
    return new EarlierEvents(
        service, handlers, verifier, reader, consumers, sql, new TransactionTemplate(transactions));
  }

  @Bean
  SubscriptionFactory subscriptions(ConsumerFactory<byte[], byte[]> consumers) {
    return new SubscriptionFactory(consumers);
  }

  @Bean
  Subscription eventSubscription(
      SubscriptionFactory subscriptionFactory,
      EventHandlers handlers,
      Inbox inbox,
      DeadLetters deadLetters,
      EventVerifier verifier,
      AppliedPositions positions,
      MeterRegistry meters,
      Traces traces) {
    EventConsumer consumer =
        new EventConsumer(handlers, inbox, deadLetters, verifier, positions, meters, traces);
    return subscriptionFactory.ofGroup(
        service, consumer::start, consumer, positions.rebalanceListener());
  }

  /**
   * Joins a group once during the training run of the JVM's ahead-of-time cache, which ends before
   * anything is started. Without this, Kafka's client, a tenth of all classes, would be missing
   * from the cache.
   */
  @Bean
  @ConditionalOnProperty(name = "spring.context.exit", havingValue = "onRefresh")
  SmartInitializingSingleton rehearsal(SubscriptionFactory subscriptionFactory) {
    return () -> subscriptionFactory.joinGroupBriefly(service, EventTypes.topicOf(service));
  }
}
