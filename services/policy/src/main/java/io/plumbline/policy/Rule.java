package io.plumbline.policy;

import java.util.Map;
import java.util.Optional;

/** A rule of a policy, ready to be evaluated. */
public sealed interface Rule permits CompiledRule, BrokenRule {

  String name();

  /**
   * Evaluates the rule.
   *
   * @param variables one entry per variable of the target, integers as {@link Long}; a rule that
   *     needs a missing one cannot be evaluated
   * @param budget the work that is left for the decision; a rule that needs more cannot be
   *     evaluated
   * @return why the rule refuses; empty when it holds. A rule that cannot be evaluated refuses.
   * @throws IllegalArgumentException for a variable that the target does not declare
   */
  Optional<String> refusalReason(Map<String, ?> variables, WorkBudget budget);
}
