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

  /**
   * Notes the price of a model that is in force, as the one by which verdicts are judged.
   *
   * @return whether it is another than the one that was noted before
   */
  public boolean noteChange(String model) {
    return sql.sql(
                """
                INSERT INTO judged_price AS noted (workspace_id, model, price)
                SELECT workspace_id, model, jsonb_build_object('input', input_per_million,
                  'cached', cached_input_per_million, 'output', output_per_million, 'currency', currency)
                FROM model_price WHERE model = ? AND input_per_million IS NOT NULL
                ON CONFLICT (workspace_id, model) DO UPDATE SET price = excluded.price
                  WHERE noted.price <> excluded.price
                """)
            .param(model)
            .update()
        > 0;
  }
}
