package io.plumbline.compliance.policy;

import io.plumbline.policy.PolicyTarget;
import java.util.List;
import java.util.stream.Stream;

/** A gate with the variables that its policies may use. */
public record PolicyTargetView(String name, List<Variable> variables) {

  /**
   * A variable of a gate.
   *
   * @param type the name of the type in CEL
   * @param meaning whatever the name leaves open, such as the possible values; empty if nothing
   */
  public record Variable(String name, String type, String meaning) {}

  public static List<PolicyTargetView> all() {
    return Stream.of(PolicyTarget.values()).map(PolicyTargetView::of).toList();
  }

  private static PolicyTargetView of(PolicyTarget target) {
    return new PolicyTargetView(
        target.slug(),
        target.vocabulary().stream()
            .map(each -> new Variable(each.name(), each.type().celName(), each.meaning()))
            .toList());
  }
}
