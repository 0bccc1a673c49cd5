package io.plumbline.training.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.hyperparameter.HyperparameterConfiguration;
import io.plumbline.training.job.TrainingMethod;
import io.plumbline.training.job.TrainingSpec;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CreateSweepTests {

  private static final Digest SPLIT = Digest.ofText("split");
  private static final Map<String, List<Double>> TWO_EPOCHS = Map.of("epochs", List.of(5.0, 10.0));

  @Test
  void every_point_of_the_grid_is_a_trial() throws Exception {
    assertThat(request(wire(TWO_EPOCHS, null, null, Money.usd("3"))))
        .isEqualTo(
            new SweepRequest(
                new TrainingSpec("mail", "local/x", TrainingMethod.HEAD, SPLIT, 1, 0, "ada"),
                new Grid(TWO_EPOCHS),
                List.of(
                    Trial.ofPoint(
                        Map.of("epochs", 5.0),
                        HyperparameterConfiguration.of(Map.of("epochs", 5.0, "patience", 2.0), "")),
                    Trial.ofPoint(
                        Map.of("epochs", 10.0),
                        HyperparameterConfiguration.of(
                            Map.of("epochs", 10.0, "patience", 2.0), ""))),
                SweepMetric.MACRO_F1,
                new BigDecimal("3"),
                null));
  }

  @Test
  void a_limit_draws_from_the_grid() throws Exception {
    SweepRequest request = request(wire(TWO_EPOCHS, 1, "accuracy", null));
    assertThat(request.trials()).hasSize(1);
    assertThat(request.metric()).isEqualTo(SweepMetric.ACCURACY);
  }

  @Test
  void a_value_outside_its_range_is_named_by_its_axis() {
    assertThat(refusal(wire(Map.of("epochs", List.of(5.0, 0.5)), null, null, null)))
        .contains("/grid/epochs", "must be a whole number from 1 to 2000");
  }

  @Test
  void an_unknown_metric_is_refused() {
    assertThat(refusal(wire(TWO_EPOCHS, null, "loss", null)))
        .contains("/metric", "must be macro_f1 or accuracy");
  }

  @Test
  void a_budget_is_an_amount_of_dollars() {
    assertThat(refusal(wire(TWO_EPOCHS, null, null, new Money(BigDecimal.ONE, "EUR"))))
        .contains("/maxSpend");
    assertThat(refusal(wire(TWO_EPOCHS, null, null, Money.usd("0")))).contains("/maxSpend");
  }

  @Test
  void a_grid_has_a_limited_number_of_points() {
    List<Double> values = Collections.nCopies(50, 5.0);
    Map<String, List<Double>> grid =
        Map.of("epochs", values, "patience", values, "batchSize", values);
    assertThat(refusal(wire(grid, 10, null, null)))
        .contains("/grid", "must have at most 10000 combinations");
  }

  private static CreateSweep wire(
      Map<String, List<Double>> grid,
      @Nullable Integer maxTrials,
      @Nullable String metric,
      @Nullable Money maxSpend) {
    return new CreateSweep(
        "mail",
        "local/x",
        SPLIT,
        null,
        Map.of("patience", 2.0),
        grid,
        maxTrials,
        metric,
        null,
        null,
        maxSpend,
        null);
  }

  private static SweepRequest request(CreateSweep wire) throws Exception {
    return new Caller(new UUID(0, 1), "ada", "Ada", Set.of(), false).call(wire::toRequest);
  }

  private static String refusal(CreateSweep wire) {
    Problem problem = catchThrowableOfType(Problem.class, () -> request(wire));
    return String.valueOf(problem.body().getProperties());
  }
}
