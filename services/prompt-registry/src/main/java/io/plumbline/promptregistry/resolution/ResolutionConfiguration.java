package io.plumbline.promptregistry.resolution;

import com.github.benmanes.caffeine.cache.Ticker;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.event.Subscription;
import io.plumbline.platform.event.Subscriptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The cache of resolved prompts, and its invalidation by the events of all replicas. */
@Configuration(proxyBeanMethods = false)
class ResolutionConfiguration {

  @Bean
  ResolvedPrompts resolvedPrompts() {
    return new ResolvedPrompts(Ticker.systemTicker());
  }

  @Bean
  Subscription changeSubscription(ResolvedPrompts prompts, Subscriptions subscriptions) {
    return subscriptions.ofReplica(
        "prompt-registry-changes",
        EventTypes.topicOf("prompt-registry"),
        new PromptChangeListener(prompts));
  }
}
