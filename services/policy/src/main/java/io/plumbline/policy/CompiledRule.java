package io.plumbline.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.Optional;

/**
 * A rule whose expression can read nothing but the variables that it is given.
 *
 * @param message what to do when the expression is false
 */
record CompiledRule(PolicyTarget target, String name, CelRuntime.Program program, String message)
    implements Rule {

  @Override
  public Optional<String> refusalReason(Map<String, ?> variables) {
    target.requireDeclared(variables);
    try {
      if (Boolean.TRUE.equals(program.eval(variables))) {
        return Optional.empty();
      }
      return Optional.of(message);
    } catch (CelEvaluationException e) {
      String cause = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown cause");
      return Optional.of(name + " could not be evaluated: " + cause);
    }
  }
}
