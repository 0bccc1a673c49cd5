package io.plumbline.platform.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import io.plumbline.platform.lifecycle.Wakeup;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** Events are published by the outbox and consumed by the inbox. */
@AutoConfiguration(after = {KafkaAutoConfiguration.class, FlywayAutoConfiguration.class})
public class EventAutoConfiguration {

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
      JdbcClient sql, JsonMapper json, Clock clock, @Qualifier("outboxWakeup") Wakeup relay) {
    return new Outbox(service, sql, json, clock, relay);
  }

  @Bean
  @DependsOn("flywayInitializer")
  BackgroundLoop outboxRelay(
      JdbcConnectionDetails database,
      KafkaConnectionDetails kafka,
      @Qualifier("outboxWakeup") Wakeup wakeup,
      JsonMapper json) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getBootstrapServers());
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, service + "-outbox");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    OutboxRelay relay =
        new OutboxRelay(
            () ->
                DriverManager.getConnection(
                    database.getJdbcUrl(), database.getUsername(), database.getPassword()),
            () ->
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
            wakeup,
            json);
    return new BackgroundLoop(
        "outbox-relay", Duration.ofSeconds(1), relay::ship, OutboxRelay::failed);
  }

  @Bean
  EventHandlers eventHandlers(ListableBeanFactory beans) {
    return new EventHandlers(beans);
  }

  @Bean
  Inbox inbox(
      JdbcClient sql,
      PlatformTransactionManager transactions,
      EventHandlers handlers,
      JsonMapper json) {
    return new Inbox(service, sql, transactions, handlers, json);
  }

  @Bean
  DeadLetters deadLetters(JdbcClient sql, JsonMapper json) {
    return new DeadLetters(sql, json);
  }

  @Bean
  DeadLetterReplay deadLetterReplay(DeadLetters deadLetters, Inbox inbox) {
    return new DeadLetterReplay(deadLetters, inbox);
  }

  @Bean
  EventSubscription eventSubscription(
      EventHandlers handlers,
      Inbox inbox,
      DeadLetters deadLetters,
      MeterRegistry meters,
      KafkaConnectionDetails kafka) {
    return new EventSubscription(
        service, handlers, new EventConsumer(handlers, inbox, deadLetters, meters), kafka);
  }

  /**
   * The training run of the JVM's ahead-of-time cache ends before anything is started; without
   * this, Kafka's client, a tenth of all classes, would be missing from the cache.
   */
  @Bean
  @ConditionalOnProperty(name = "spring.context.exit", havingValue = "onRefresh")
  SmartInitializingSingleton rehearsal(EventSubscription subscription) {
    return subscription::rehearse;
  }
}
