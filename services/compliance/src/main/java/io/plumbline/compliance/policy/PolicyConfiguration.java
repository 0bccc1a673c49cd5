package io.plumbline.compliance.policy;

import io.plumbline.policy.PolicyEngine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine that compiles and evaluates this service's policies. */
@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {

  @Bean
  PolicyEngine policyEngine() {
    return new PolicyEngine();
  }
}
