package io.plumbline.training.hyperparameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.head.HeadHyperparameters;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HyperparameterConfigurationTests {

  @Test
  void what_is_absent_takes_its_default() {
    assertThat(HyperparameterConfiguration.of(Map.of(), "/hyperparameters"))
        .isEqualTo(new HyperparameterConfiguration(0.002, 64, 20, 0.01, 20, 5, 128));
  }

  @Test
  void what_is_given_replaces_its_default() {
    assertThat(
            HyperparameterConfiguration.of(
                Map.of("epochs", 7.0, "learningRate", 0.01, "maxTokens", 48.0), "/hyperparameters"))
        .isEqualTo(new HyperparameterConfiguration(0.01, 64, 7, 0.01, 20, 5, 48));
  }

  @ParameterizedTest
  @CsvSource({
    "learningRate, 0, must be from 1.0E-6 to 1.0",
    "learningRate, 1.5, must be from 1.0E-6 to 1.0",
    "learningRate, NaN, must be from 1.0E-6 to 1.0",
    "batchSize, 0, must be a whole number from 1 to 1024",
    "batchSize, 1.5, must be a whole number from 1 to 1024",
    "epochs, 2001, must be a whole number from 1 to 2000",
    "weightDecay, -0.1, must be from 0.0 to 1.0",
    "logitScale, 0, must be from 0.1 to 100.0",
    "patience, Infinity, must be a whole number from 1 to 2000",
    "maxTokens, 513, must be a whole number from 8 to 512"
  })
  void a_value_outside_its_range_is_refused_with_the_range(String name, double value, String rule) {
    assertThat(refusal(Map.of(name, value))).contains("/hyperparameters/" + name, rule);
  }

  @ParameterizedTest
  @CsvSource({
    "learningRate, 0.000001",
    "learningRate, 1",
    "batchSize, 1024",
    "epochs, 2000",
    "weightDecay, 0",
    "logitScale, 100",
    "patience, 1",
    "maxTokens, 8"
  })
  void the_bounds_of_a_range_are_allowed(String name, double value) {
    assertThat(HyperparameterConfiguration.of(Map.of(name, value), "").values())
        .containsEntry(name, value);
  }

  @Test
  void an_unknown_name_is_refused_with_those_that_exist() {
    assertThat(refusal(Map.of("epohcs", 7.0)))
        .contains(
            "/hyperparameters/epohcs",
            "is not a hyperparameter; use one of learningRate, batchSize, epochs, weightDecay,"
                + " logitScale, patience, maxTokens");
  }

  @Test
  void all_errors_are_named_at_once() {
    Map<String, @Nullable Double> request = new HashMap<>();
    request.put("epochs", null);
    request.put("batchSize", -1.0);
    assertThat(refusal(request)).contains("/hyperparameters/epochs", "/hyperparameters/batchSize");
  }

  @Test
  void events_carry_whole_numbers_without_a_fraction() {
    assertThat(HyperparameterConfiguration.of(Map.of(), "").textValues())
        .containsExactly(
            entry("batchSize", "64"),
            entry("epochs", "20"),
            entry("learningRate", "0.002"),
            entry("logitScale", "20.0"),
            entry("maxTokens", "128"),
            entry("patience", "5"),
            entry("weightDecay", "0.01"));
  }

  @Test
  void a_configuration_survives_its_own_values() {
    HyperparameterConfiguration hyperparameterConfiguration =
        HyperparameterConfiguration.of(Map.of("epochs", 7.0, "patience", 2.0), "");
    assertThat(
            HyperparameterConfiguration.of(new HashMap<>(hyperparameterConfiguration.values()), ""))
        .isEqualTo(hyperparameterConfiguration);
  }

  @Test
  void the_head_gets_all_but_the_tokens() {
    assertThat(HyperparameterConfiguration.of(Map.of(), "").headHyperparameters())
        .isEqualTo(new HeadHyperparameters(0.002, 64, 20, 0.01, 20, 5));
  }

  private static String refusal(Map<String, @Nullable Double> request) {
    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> HyperparameterConfiguration.of(request, "/hyperparameters"));
    assertThat(problem.type()).isEqualTo(CommonProblem.INVALID);
    return String.valueOf(problem.body().getProperties());
  }
}
