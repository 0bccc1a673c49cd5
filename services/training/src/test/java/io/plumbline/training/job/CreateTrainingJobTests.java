package io.plumbline.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.hyperparameter.HyperparameterConfiguration;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateTrainingJobTests {

  private static final Digest SPLIT = Digest.ofText("split");

  @Test
  void absent_fields_take_their_defaults_and_the_caller_is_the_author() throws Exception {
    assertThat(
            request(new CreateTrainingJob("mail", "local/x", SPLIT, null, null, null, null, null)))
        .isEqualTo(
            new TrainingRequest(
                new TrainingSpec("mail", "local/x", TrainingMethod.HEAD, SPLIT, 1, 0, "ada"),
                HyperparameterConfiguration.of(Map.of(), ""),
                null,
                null));
  }

  @Test
  void what_is_given_is_taken() throws Exception {
    CreateTrainingJob wire =
        new CreateTrainingJob(
            "mail",
            "local/x",
            SPLIT,
            TrainingMethod.HEAD,
            Map.of("epochs", 7.0),
            9L,
            -3,
            Money.usd("2.50"));
    assertThat(request(wire))
        .isEqualTo(
            new TrainingRequest(
                new TrainingSpec("mail", "local/x", TrainingMethod.HEAD, SPLIT, 9, -3, "ada"),
                HyperparameterConfiguration.of(Map.of("epochs", 7.0), ""),
                new BigDecimal("2.50"),
                null));
  }

  @ParameterizedTest
  @CsvSource({"0, USD", "-1, USD", "100000.01, USD", "5, EUR"})
  void a_cap_is_a_positive_amount_of_dollars(String amount, String currency) {
    Problem problem =
        catchThrowableOfType(
            Problem.class,
            () -> CreateTrainingJob.spendCap(new Money(new BigDecimal(amount), currency)));
    assertThat(String.valueOf(problem.body().getProperties()))
        .contains("/maxSpend", "must be more than 0 and at most 100000 USD");
  }

  @Test
  void no_cap_is_no_cap() {
    assertThat(CreateTrainingJob.spendCap(null)).isNull();
    assertThat(CreateTrainingJob.spendCap(Money.usd("100000"))).isEqualByComparingTo("100000");
  }

  private static @Nullable TrainingRequest request(CreateTrainingJob wire) throws Exception {
    return new Caller(new UUID(0, 1), "ada", "Ada", Set.of(), false).call(wire::toRequest);
  }
}
