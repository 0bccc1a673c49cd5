package io.plumbline.promptregistry.resolution;

import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.event.ReplicaSubscription;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps what every replica has resolved true to what any of them changes. */
@Configuration(proxyBeanMethods = false)
class ResolutionConfiguration {

  @Bean
  ReplicaSubscription changeSubscription(ResolvedPrompts prompts, KafkaConnectionDetails kafka) {
    return new ReplicaSubscription(
        "prompt-registry-changes",
        EventTypes.topicOf("prompt-registry"),
        kafka,
        new ChangeListener(prompts));
  }
}
