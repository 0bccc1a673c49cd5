package io.plumbline.platform.test;

import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/** Configures the beans that tests inject. */
@Configuration(proxyBeanMethods = false)
class TestSupport {

  @Bean
  static OnlyInTransactions onlyInTransactions() {
    return new OnlyInTransactions();
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static RecordedEvents recordedEvents() {
    return new RecordedEvents();
  }

  @Bean
  FilterRegistrationBean<OutboxRequiredFilter> outboxRequiredFilter(RecordedEvents events) {
    FilterRegistrationBean<OutboxRequiredFilter> filter =
        new FilterRegistrationBean<>(new OutboxRequiredFilter(events));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  Tokens tokens() {
    return new Tokens();
  }

  @Bean
  JWKSource<SecurityContext> keySource(Tokens tokens) {
    return new ImmutableJWKSet<>(tokens.keys());
  }

  @Bean
  TestClient testClient(Environment environment, Tokens tokens, JsonMapper json) {
    return new TestClient(environment, tokens, json);
  }

  @Bean
  AnswerCheck answerCheck(TestClient client) {
    return client.answerCheck();
  }

  @Bean
  Events events(JsonMapper json) {
    return new Events(json);
  }
}
