package io.plumbline.datasetregistry.admission;

import io.plumbline.policy.Policy;
import io.plumbline.policy.Rule;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evaluates the rules of the active policies for every requested purpose. */
final class AdmissionRules {

  private AdmissionRules() {}

  /**
   * Why the policies do not admit; empty when all of their rules hold for all purposes. A reason
   * that does not hold for all of several purposes names its purpose.
   */
  static List<String> refusals(List<Policy> policies, AdmissionInput input, Set<Purpose> purposes) {
    Set<String> reasons = new LinkedHashSet<>();
    policies.stream()
        .flatMap(policy -> policy.rules().stream())
        .forEach(rule -> reasons.addAll(refusals(rule, input, purposes)));
    return List.copyOf(reasons);
  }

  private static List<String> refusals(Rule rule, AdmissionInput input, Set<Purpose> purposes) {
    Map<Purpose, String> refused = new LinkedHashMap<>();
    for (Purpose purpose : purposes) {
      rule.refusal(input.values(purpose)).ifPresent(reason -> refused.put(purpose, reason));
    }
    return refused.size() == purposes.size()
        ? refused.values().stream().distinct().limit(1).toList()
        : refused.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .toList();
  }
}
