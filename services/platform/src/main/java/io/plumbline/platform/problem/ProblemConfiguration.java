package io.plumbline.platform.problem;

import io.plumbline.platform.event.Outbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** Problems of handlers and of the filter chain. */
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {

  @Bean
  Denials denials(Outbox outbox, PlatformTransactionManager transactions) {
    return new Denials(outbox, transactions);
  }

  @Bean
  ProblemAdvice problemAdvice(Denials denials) {
    return new ProblemAdvice(denials);
  }

  @Bean
  ProblemWriter problemWriter(JsonMapper json) {
    return new ProblemWriter(json);
  }

  @Bean
  SecurityProblems securityProblems(ProblemWriter problems, Denials denials) {
    return new SecurityProblems(problems, denials);
  }
}
