package io.plumbline.training.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The projection of the base models of the catalogue. */
@Component
public class BaseModelProjection {

  /** A base model of the catalogue. */
  public record BaseModel(String name, Digest digest, boolean tunable) {}

  private final JdbcClient sql;

  BaseModelProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @OnEvent
  public void on(BaseModelListed event, EventMetadata metadata) {
    sql.sql(
            """
            INSERT INTO base_model AS stored (workspace_id, name, digest, tunable, version)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, name) DO UPDATE
            SET digest = excluded.digest, tunable = excluded.tunable, version = excluded.version
            WHERE stored.version < excluded.version
            """)
        .params(
            metadata.workspace(),
            event.model(),
            event.modelDigest().hex(),
            event.tunable(),
            metadata.aggregateVersion())
        .update();
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<BaseModel> find(String name) {
    return sql.sql("SELECT digest, tunable FROM base_model WHERE name = ?")
        .param(name)
        .query((row, index) -> new BaseModel(name, new Digest(row.getString(1)), row.getBoolean(2)))
        .optional();
  }
}
