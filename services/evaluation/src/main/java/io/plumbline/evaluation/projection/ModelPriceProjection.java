package io.plumbline.evaluation.projection;

import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.platform.event.Projection;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The prices of base models that are in force. Callers run in a transaction. */
@Component
public class ModelPriceProjection {

  private final JdbcClient sql;

  ModelPriceProjection(JdbcClient sql) {
    this.sql = sql;
  }

  @Bean
  static Projection<BaseModelListed> baseModelListed() {
    return Projection.of(BaseModelListed.class, "model_price")
        .columns("model")
        .column("input_per_million", "inputPerMillion.amount")
        .column("cached_input_per_million", "cachedInputPerMillion.amount")
        .column("output_per_million", "outputPerMillion.amount")
        .column("currency", "inputPerMillion.currency")
        .aggregateVersion("version")
        .newestPer("model");
  }

  /** Returns the prices of the given models, by name. A model without a known price has none. */
  public Map<String, ModelPrice> find(Collection<String> models) {
    Map<String, ModelPrice> prices = new TreeMap<>();
    sql.sql("SELECT * FROM model_price WHERE model = ANY (?) AND input_per_million IS NOT NULL")
        .param(models.toArray(String[]::new))
        .query(row -> {
          prices.put(
              row.getString("model"),
              new ModelPrice(
                  row.getString("model"),
                  row.getBigDecimal("input_per_million"),
                  row.getBigDecimal("cached_input_per_million"),
                  row.getBigDecimal("output_per_million"),
                  row.getString("currency")));
        });
    return prices;
  }
}
