package io.plumbline.platform.gate;

import com.github.benmanes.caffeine.cache.Ticker;
import io.plumbline.platform.event.position.AppliedPositions;
import io.plumbline.platform.event.position.PositionAutoConfiguration;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Configures the questions of gates. */
@AutoConfiguration(after = {KafkaAutoConfiguration.class, PositionAutoConfiguration.class})
public class GateAutoConfiguration {

  private static final Duration BROKER_DEADLINE = Duration.ofSeconds(1);

  @Bean
  BrokerTopicEnds topicEnds(KafkaAdmin kafka) {
    return new BrokerTopicEnds(
        () -> Admin.create(kafka.getConfigurationProperties()), BROKER_DEADLINE);
  }

  @Bean
  GateEvidence gateEvidence(
      TopicEnds broker,
      AppliedPositions positions,
      JdbcClient sql,
      PlatformTransactionManager transactions,
      JsonMapper json) {
    return new GateEvidence(
        broker,
        positions,
        new ClosingDeadLetters(sql, new TransactionTemplate(transactions), json),
        GateEvidence.PATIENCE,
        Ticker.systemTicker());
  }
}
