package io.plumbline.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.Optional;

/**
 * A rule whose expression can read nothing but the variables that it is given.
 *
 * @param searches where the expression searches in texts
 * @param message what to do when the expression is false
 */
record CompiledRule(
    PolicyTarget target,
    String name,
    CelRuntime.Program program,
    Map<Long, WorkBudget.Search> searches,
    String message)
    implements Rule {

  @Override
  public Optional<String> refusalReason(Map<String, ?> variables, WorkBudget budget) {
    target.requireDeclared(variables);
    try {
      budget.begin(variables);
      Object holds = program.trace(variables, (part, value) -> budget.count(searches, part, value));
      if (Boolean.TRUE.equals(holds)) {
        return Optional.empty();
      }
      return Optional.of(message);
    } catch (CelEvaluationException e) {
      String cause = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown cause");
      return Optional.of(name + " could not be evaluated: " + cause);
    } catch (WorkBudget.UsedUp e) {
      return Optional.of(name + " could not be evaluated: " + e.getMessage());
    }
  }
}
