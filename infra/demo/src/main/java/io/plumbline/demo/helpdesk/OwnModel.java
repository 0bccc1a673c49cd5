package io.plumbline.demo.helpdesk;

import io.plumbline.demo.api.StepFailed;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A language model of the user's own that answers from the help desk's passages, to be compared
 * with the platform's reader.
 *
 * @param judge the model that scores the answers of both
 * @param price absent where the price of the model is not set
 */
public record OwnModel(ModelEndpoint model, ModelEndpoint judge, @Nullable ModelPrice price) {

  static final String MODEL_VARIABLE = "PLUMBLINE_DEMO_MODEL";
  static final String JUDGE_VARIABLE = "PLUMBLINE_DEMO_JUDGE";

  /** The command that adds a model, for users who did not add one. */
  public static final String HINT =
      MODEL_VARIABLE
          + "=http://127.0.0.1:11434/v1#llama3.2 ./plumbline demo --application help-desk";

  static final String PROVIDER = "demo-model";
  static final String JUDGE_PROVIDER = "demo-judge";

  /**
   * Reads the user's own model from the environment.
   *
   * @return empty when no model is named
   * @throws StepFailed with what is wrong with a variable
   */
  public static Optional<OwnModel> of(Map<String, String> environment) {
    Optional<ModelEndpoint> judge = endpoint(environment, JUDGE_VARIABLE);
    Optional<ModelEndpoint> model = endpoint(environment, MODEL_VARIABLE);
    if (model.isEmpty() && judge.isPresent()) {
      throw new StepFailed(
          "%s names a judge, but there is no %s that it could judge."
              .formatted(JUDGE_VARIABLE, MODEL_VARIABLE));
    }
    Optional<ModelPrice> price = value(environment, ModelPrice.VARIABLE).map(ModelPrice::of);
    return model.map(
        endpoint -> new OwnModel(endpoint, judge.orElse(endpoint), price.orElse(null)));
  }

  /** Returns the name of the model in the platform. */
  public String name() {
    return PROVIDER + "/" + model.model();
  }

  /** Returns the name of the judge in the platform. */
  String judgeName() {
    return (isJudgeElsewhere() ? JUDGE_PROVIDER : PROVIDER) + "/" + judge.model();
  }

  /**
   * Returns whether the judge has an endpoint of its own. One endpoint is one provider, with one
   * key.
   */
  boolean isJudgeElsewhere() {
    return !judge.isAt(model);
  }

  boolean judgesItself() {
    return judgeName().equals(name());
  }

  private static Optional<ModelEndpoint> endpoint(
      Map<String, String> environment, String variable) {
    return value(environment, variable)
        .map(value ->
            ModelEndpoint.of(
                variable, value, value(environment, keyVariable(variable)).orElse(null)));
  }

  /** Returns the variable with the API key of the model that another variable names. */
  static String keyVariable(String variable) {
    return variable + "_KEY";
  }

  /** Returns the value of a variable. A variable that is set to nothing counts as not set. */
  private static Optional<String> value(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
