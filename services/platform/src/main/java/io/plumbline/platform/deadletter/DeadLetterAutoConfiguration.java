package io.plumbline.platform.deadletter;

import io.plumbline.platform.event.DeadLetterReplay;
import io.plumbline.platform.event.DeadLetters;
import io.plumbline.platform.event.EventAutoConfiguration;
import io.plumbline.platform.event.Outbox;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Configures the API by which every service lists, replays and accepts its dead letters. */
@AutoConfiguration(after = EventAutoConfiguration.class)
public class DeadLetterAutoConfiguration {

  @Bean
  DeadLetterAcceptance deadLetterAcceptance(JdbcClient sql, Outbox outbox) {
    return new DeadLetterAcceptance(sql, outbox);
  }

  @Bean
  DeadLetterController deadLetterController(
      DeadLetters deadLetters, DeadLetterReplay replay, DeadLetterAcceptance acceptance) {
    return new DeadLetterController(deadLetters, replay, acceptance);
  }
}
