package io.plumbline.evaluation.projection;

import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The applications that strategy published. */
@Component
public class ApplicationProjection {

  private final JdbcClient sql;

  ApplicationProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @OnEvent
  public void on(ApplicationRegistered event) {
    sql.sql("INSERT INTO application VALUES (?, ?) ON CONFLICT DO NOTHING")
        .params(Caller.current().workspace(), event.application())
        .update();
  }

  public boolean hasApplication(String name) {
    return sql.sql("SELECT EXISTS (SELECT 1 FROM application WHERE name = ?)")
        .param(name)
        .query(Boolean.class)
        .single();
  }
}
