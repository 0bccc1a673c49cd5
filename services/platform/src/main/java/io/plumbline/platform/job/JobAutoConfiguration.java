package io.plumbline.platform.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.platform.observability.ObservabilityAutoConfiguration;
import io.plumbline.platform.observability.Traces;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configures the queue of long work, and workers for the kinds of jobs that this application has
 * handlers for.
 */
@AutoConfiguration(after = ObservabilityAutoConfiguration.class)
public class JobAutoConfiguration {

  @Bean
  JobSignal jobSignal() {
    return new JobSignal();
  }

  @Bean
  JobQueue jobQueue(JdbcClient sql, JsonMapper json, JobSignal signal, Clock clock) {
    return new JobQueue(sql, json, signal, clock);
  }

  @Bean
  JobWorkers jobWorkers(
      ObjectProvider<JobHandler> handlers,
      JobQueue queue,
      JsonMapper json,
      Environment environment,
      MeterRegistry meters,
      Traces traces,
      JobSignal signal) {
    return new JobWorkers(
        handlers.orderedStream().toList(),
        queue,
        json,
        kind -> environment.getProperty("plumbline.jobs.concurrency." + kind, Integer.class, 1),
        meters,
        traces,
        signal);
  }
}
