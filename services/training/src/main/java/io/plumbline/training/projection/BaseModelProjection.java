package io.plumbline.training.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.platform.event.Projection;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
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

  @Bean
  static Projection<BaseModelListed> baseModelListed() {
    return Projection.of(BaseModelListed.class, "base_model")
        .column("name", "model")
        .column("digest", "modelDigest")
        .columns("tunable")
        .aggregateVersion("version")
        .newestPer("name");
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<BaseModel> find(String name) {
    return sql.sql("SELECT digest, tunable FROM base_model WHERE name = ?")
        .param(name)
        .query((row, index) ->
            new BaseModel(name, new Digest(row.getString("digest")), row.getBoolean("tunable")))
        .optional();
  }
}
