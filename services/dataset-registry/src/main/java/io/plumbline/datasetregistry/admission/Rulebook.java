package io.plumbline.datasetregistry.admission;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Evaluates rules over facts, within the limits that {@code docs/services/compliance.md} sets for
 * both sides.
 */
final class Rulebook {

  private static final Cel CEL = cel();

  private Rulebook() {}

  private static Cel cel() {
    CelOptions limits =
        CelOptions.current()
            .maxExpressionCodePointSize(1_000)
            .maxParseRecursionDepth(50)
            .comprehensionMaxIterations(1_000)
            .maxRegexProgramSize(1_000)
            // The planner refuses to be built without it.
            .enableHeterogeneousNumericComparisons(true)
            .build();
    CelBuilder builder =
        CelFactory.plannerCelBuilder()
            .setOptions(limits)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
    AdmissionInput.vocabulary().forEach(builder::addVar);
    return builder.build();
  }

  /**
   * Why the rules do not admit; empty when all of them hold for all purposes. A rule that cannot be
   * evaluated refuses.
   */
  static List<String> refusals(
      List<PolicyRule> rules, AdmissionInput facts, Set<Purpose> purposes) {
    Set<String> reasons = new LinkedHashSet<>();
    for (PolicyRule rule : rules) {
      List<String> failed = new ArrayList<>();
      for (Purpose purpose : purposes) {
        String reason = refusal(rule, facts, purpose);
        if (!reason.isEmpty()) {
          failed.add(purposes.size() == 1 ? reason : purpose + ": " + reason);
        }
      }
      boolean always = failed.size() == purposes.size() && purposes.size() > 1;
      reasons.addAll(always ? List.of(refusal(rule, facts, purposes.iterator().next())) : failed);
    }
    return List.copyOf(reasons);
  }

  private static String refusal(PolicyRule rule, AdmissionInput facts, Purpose purpose) {
    try {
      Object holds =
          CEL.createProgram(CEL.compile(rule.expression()).getAst()).eval(facts.values(purpose));
      return Boolean.TRUE.equals(holds) ? "" : rule.message();
    } catch (CelValidationException | CelEvaluationException e) {
      return rule.name()
          + " could not be evaluated: "
          + String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown cause");
    }
  }
}
