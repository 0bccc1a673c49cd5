package io.plumbline.platform.problem;

import io.plumbline.platform.event.Outbox;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
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
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTheContainer() {
    return factory ->
        factory.addContextCustomizers(context ->
            ((StandardHost) context.getParent())
                .setErrorReportValveClass(ContainerProblems.class.getName()));
  }

  @Bean
  ErrorPage errorPage() {
    return new ErrorPage();
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
