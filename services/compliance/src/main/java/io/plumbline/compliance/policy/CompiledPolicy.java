package io.plumbline.compliance.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A policy ready to decide. Text in, decision out: its expressions reach nothing but the variables
 * they are given.
 */
final class CompiledPolicy {

  record Rule(String name, CelRuntime.Program program, String message) {}

  private final List<Rule> rules;

  CompiledPolicy(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * @return why it refuses; empty when every rule holds. A rule that cannot be evaluated refuses.
   */
  List<String> refusals(Map<String, ?> variables) {
    List<String> reasons = new ArrayList<>();
    for (Rule rule : rules) {
      try {
        if (!Boolean.TRUE.equals(rule.program().eval(variables))) {
          reasons.add(rule.message());
        }
      } catch (CelEvaluationException e) {
        reasons.add(rule.name() + " could not be evaluated: " + e.getMessage());
      }
    }
    return reasons;
  }
}
