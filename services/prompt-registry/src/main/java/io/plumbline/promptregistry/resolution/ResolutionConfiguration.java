package io.plumbline.promptregistry.resolution;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.event.Subscription;
import io.plumbline.platform.event.SubscriptionFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;

/** The cache of resolved prompts, and its invalidation by the events of all replicas. */
@Configuration(proxyBeanMethods = false)
class ResolutionConfiguration {

  @Bean
  ResolvedPromptCache resolvedPrompts(MeterRegistry meters) {
    return new ResolvedPromptCache(Ticker.systemTicker(), meters);
  }

  @Bean
  FilterRegistrationBean<CachedAnswerFilter> answerFromMemory(
      ResolvedPromptCache prompts, RoleHierarchy roles) {
    FilterRegistrationBean<CachedAnswerFilter> filter =
        new FilterRegistrationBean<>(new CachedAnswerFilter(prompts, roles));
    filter.addUrlPatterns("/api/prompts/*");
    // It runs after Spring Security, which is at -100, and after the filter that names the caller
    // in log lines.
    filter.setOrder(-40);
    return filter;
  }

  @Bean
  Subscription changeSubscription(
      ResolvedPromptCache prompts, SubscriptionFactory subscriptionFactory) {
    return subscriptionFactory.ofReplica(
        "prompt-registry-changes",
        EventTypes.topicOf("prompt-registry"),
        new PromptChangeListener(prompts));
  }
}
