package io.plumbline.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.Optional;

/**
 * Its expression reaches nothing but the variables that it is given.
 *
 * @param message what to do when the expression is false
 */
record CompiledRule(PolicyTarget target, String name, CelRuntime.Program program, String message)
    implements Rule {

  @Override
  public Optional<String> refusal(Map<String, ?> variables) {
    target.requireDeclared(variables);
    try {
      return Boolean.TRUE.equals(program.eval(variables)) ? Optional.empty() : Optional.of(message);
    } catch (CelEvaluationException e) {
      String cause = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown cause");
      return Optional.of(name + " could not be evaluated: " + cause);
    }
  }
}
