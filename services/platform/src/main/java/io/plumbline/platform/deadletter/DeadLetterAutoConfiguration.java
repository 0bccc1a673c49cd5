package io.plumbline.platform.deadletter;

import io.plumbline.platform.event.DeadLetterReplay;
import io.plumbline.platform.event.DeadLetters;
import io.plumbline.platform.event.EventAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Configures the API by which every service lists and replays its dead letters. */
@AutoConfiguration(after = EventAutoConfiguration.class)
public class DeadLetterAutoConfiguration {

  @Bean
  DeadLetterController deadLetterController(DeadLetters deadLetters, DeadLetterReplay replay) {
    return new DeadLetterController(deadLetters, replay);
  }
}
