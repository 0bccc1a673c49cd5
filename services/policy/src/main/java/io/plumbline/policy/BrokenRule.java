package io.plumbline.policy;

import java.util.Map;
import java.util.Optional;

/** A rule that does not compile and therefore refuses everything. */
record BrokenRule(String name, String cause) implements Rule {

  @Override
  public Optional<String> refusalReason(Map<String, ?> variables, WorkBudget budget) {
    return Optional.of(name + " could not be evaluated: " + cause);
  }
}
