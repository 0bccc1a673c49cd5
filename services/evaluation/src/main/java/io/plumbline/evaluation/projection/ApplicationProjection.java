package io.plumbline.evaluation.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Applications that strategy published and variants that inference published. */
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

  @OnEvent
  public void on(VariantCreated event) {
    sql.sql("INSERT INTO variant VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .params(
            Caller.current().workspace(),
            event.variantDigest().hex(),
            event.application(),
            event.name())
        .update();
  }

  public boolean hasApplication(String name) {
    return sql.sql("SELECT EXISTS (SELECT 1 FROM application WHERE name = ?)")
        .param(name)
        .query(Boolean.class)
        .single();
  }

  public Optional<String> applicationOf(Digest variant) {
    return sql.sql("SELECT application FROM variant WHERE variant_digest = ?")
        .param(variant.hex())
        .query(String.class)
        .optional();
  }
}
