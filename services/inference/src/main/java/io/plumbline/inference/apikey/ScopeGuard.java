package io.plumbline.inference.apikey;

import io.plumbline.inference.InferenceProblem;
import io.plumbline.platform.problem.DenialRecorder;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Keeps calls with an API key within its scope. Calls with a token are limited by their roles. */
@Component
public class ScopeGuard {

  private final DenialRecorder denialRecorder;

  ScopeGuard(DenialRecorder denialRecorder) {
    this.denialRecorder = denialRecorder;
  }

  /**
   * Checks the model of a call before it is looked up, so that nobody learns with a key what exists
   * outside of its scope.
   *
   * @throws ScopeException when the key may not call the model
   */
  public void requireModel(String model) {
    ApiKeyScope.current()
        .filter(scope -> !scope.allowsModel(model))
        .ifPresent(scope -> {
          denialRecorder.record(
              "call with an API key",
              model,
              InferenceProblem.OUT_OF_SCOPE,
              List.of("not in its scope: " + model));
          throw ScopeException.forModel(model, scope);
        });
  }

  /**
   * Checks that the caller may read a prompt.
   *
   * @param has returns whether the version that is read belongs to an application of the scope
   * @throws ScopeException when the key may not read the prompt, or the prompt does not exist
   */
  public void requirePrompt(String prompt, Predicate<ApiKeyScope> has) {
    ApiKeyScope.current()
        .filter(scope -> !(scope.prompts() && has.test(scope)))
        .ifPresent(scope -> {
          denialRecorder.record(
              "read a prompt with an API key",
              prompt,
              InferenceProblem.OUT_OF_SCOPE,
              List.of("not in its scope: the prompt " + prompt));
          throw ScopeException.forPrompt(prompt, scope);
        });
  }

  /** Returns whether the caller is shown the model in a list. */
  public boolean isVisibleToCaller(String model) {
    return ApiKeyScope.current().map(scope -> scope.allowsModel(model)).orElse(true);
  }
}
