package io.plumbline.platform.problem;

import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import java.time.Duration;
import org.apache.catalina.core.StandardHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** Configures the problems of handlers and of the filter chain. */
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {

  private static final Logger log = LoggerFactory.getLogger(ProblemConfiguration.class);

  @Bean(destroyMethod = "recordCounts")
  DenialRecorder denials(Outbox outbox, PlatformTransactionManager transactions) {
    return new DenialRecorder(outbox, transactions);
  }

  @Bean
  BackgroundLoop refusalCounts(DenialRecorder denialRecorder) {
    return BackgroundLoop.every(
        Duration.ofMinutes(1),
        "refusal-counts",
        denialRecorder::recordCounts,
        cause ->
            log.warn(
                "Repeated refusals of the last minute were not recorded in the ledger, and their"
                    + " counts are lost: {}",
                cause.toString()));
  }

  @Bean
  ProblemAdvice problemAdvice(DenialRecorder denialRecorder) {
    return new ProblemAdvice(denialRecorder);
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
  SecurityProblems securityProblems(ProblemWriter problems, DenialRecorder denialRecorder) {
    return new SecurityProblems(problems, denialRecorder);
  }
}
