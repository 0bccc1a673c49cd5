package io.plumbline.evaluation.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.projection.ModelPrice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CostBasisTests {

  private static final BigDecimal RECORDED = new BigDecimal("0.5");

  private final ModelPrice large = price("acme/large", "2", "USD");

  @Test
  void an_item_costs_what_its_usage_costs_by_the_given_prices() {
    List<ModelUsage> usage = ModelUsage.parse("acme/large;1000;400;100,acme/encoder;50;0;0");

    assertThat(cost(usage, true, large, price("acme/encoder", "10", "USD")))
        .isEqualByComparingTo("0.0021");
  }

  @Test
  void an_item_without_usage_keeps_the_recorded_cost_unless_prices_changed() {
    assertThat(cost(null, false, large)).isEqualTo(RECORDED);
    assertThat(cost(null, true, large)).isNull();
  }

  @Test
  void an_item_with_a_model_without_a_price_costs_what_was_recorded_or_more() {
    List<ModelUsage> usage = ModelUsage.parse("acme/large;1000;0;0,acme/encoder;50;0;0");

    for (boolean strict : new boolean[] {false, true}) {
      assertThat(cost(usage, strict)).isEqualByComparingTo(RECORDED);
      assertThat(cost(usage, strict, large)).isEqualByComparingTo(RECORDED);
      assertThat(cost(usage, strict, price("acme/large", "1000", "USD"))).isEqualByComparingTo("1");
    }
  }

  @Test
  void a_basis_names_the_models_whose_cost_is_the_recorded_one() {
    List<ItemUsage> items =
        List.of(
            new ItemUsage(
                true, RECORDED, ModelUsage.parse("acme/large;10;0;1,acme/encoder;50;0;0")));
    CostBasis basis = CostBasis.of(List.of(large), items);
    JsonMapper json = JsonMapper.shared();
    ObjectNode stored = json.valueToTree(basis);

    assertThat(basis.recordedModels()).containsExactly("acme/encoder");
    stored.remove("recordedModels");
    assertThat(json.treeToValue(stored, CostBasis.class)).isEqualTo(basis);
  }

  @Test
  void another_currency_is_no_cost_in_dollars() {
    assertThat(
            cost(ModelUsage.parse("acme/large;1000;0;0"), false, price("acme/large", "2", "EUR")))
        .isNull();
  }

  @Test
  void equal_prices_have_one_digest_and_the_usage_is_added_up() {
    List<ItemUsage> items =
        List.of(
            new ItemUsage(true, RECORDED, ModelUsage.parse("acme/large;10;0;1")),
            new ItemUsage(false, null, null),
            new ItemUsage(true, RECORDED, ModelUsage.parse("acme/large;20;5;2")));
    CostBasis basis = CostBasis.of(List.of(large), items);

    assertThat(basis.usage()).containsExactly(new ModelUsage("acme/large", 30, 5, 3));
    assertThat(CostBasis.of(List.of(price("acme/large", "2.00", "USD")), items)).isEqualTo(basis);
    assertThat(CostBasis.of(List.of(price("acme/large", "3", "USD")), items).pricesDigest())
        .isNotEqualTo(basis.pricesDigest());
  }

  @Test
  void a_header_of_another_form_says_nothing() {
    assertThat(ModelUsage.parse(null)).isNull();
    assertThat(ModelUsage.parse("acme/large;1;2")).isNull();
    assertThat(ModelUsage.parse("acme/large;-1;0;0")).isNull();
  }

  private static @Nullable BigDecimal cost(
      @Nullable List<ModelUsage> usage, boolean strict, ModelPrice... prices) {
    Observation answered =
        new Observation(
            "i",
            Perturbation.NONE,
            null,
            null,
            Map.of(),
            Map.of(),
            List.of(),
            false,
            null,
            false,
            1,
            RECORDED);
    CostBasis basis = CostBasis.of(List.of(prices), List.of());
    return CostBasis.reprice(
            List.of(answered),
            List.of(new ItemUsage(true, RECORDED, usage)),
            basis.pricesByModel(),
            strict)
        .getFirst()
        .costUsd();
  }

  private static ModelPrice price(String model, String input, String currency) {
    return new ModelPrice(
        model, new BigDecimal(input), new BigDecimal("1"), new BigDecimal("0"), currency);
  }
}
