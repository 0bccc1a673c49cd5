package io.plumbline.evaluation.projection;

import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.platform.event.Projection;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The applications that strategy published. */
@Component
public class ApplicationProjection {

  private final JdbcClient sql;

  ApplicationProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @Bean
  static Projection<ApplicationRegistered> applicationRegistered() {
    return Projection.of(ApplicationRegistered.class, "application").column("name", "application");
  }

  public boolean hasApplication(String name) {
    return sql.sql("SELECT EXISTS (SELECT 1 FROM application WHERE name = ?)")
        .param(name)
        .query(Boolean.class)
        .single();
  }
}
