package io.plumbline.policy;

import io.plumbline.contracts.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A policy ready to decide.
 *
 * @param digest SHA-256 over the UTF-8 bytes of the source
 * @param rules in the order of the source; all of them must hold
 */
public record Policy(PolicyTarget target, Digest digest, List<Rule> rules) {

  public Policy {
    rules = List.copyOf(rules);
  }

  /** Returns whether every rule compiles in this version of the engine. */
  public boolean isReadable() {
    return rules.stream().noneMatch(BrokenRule.class::isInstance);
  }

  /**
   * Evaluates every rule, so that one answer names all reasons.
   *
   * @param variables as {@link Rule#refusalReason} takes them
   * @return why the policy refuses; empty when every rule holds
   */
  public List<String> refusalReasons(Map<String, ?> variables) {
    return refusalReasons(variables, new WorkBudget());
  }

  /**
   * Evaluates every rule as one of several policies.
   *
   * @param variables as {@link Rule#refusalReason} takes them
   * @param budget the work of all policies of the decision
   * @return why the policy refuses; empty when every rule holds
   */
  public List<String> refusalReasons(Map<String, ?> variables, WorkBudget budget) {
    return rules.stream()
        .map(rule -> rule.refusalReason(variables, budget))
        .flatMap(Optional::stream)
        .toList();
  }
}
