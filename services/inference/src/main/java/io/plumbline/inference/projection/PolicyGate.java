package io.plumbline.inference.projection;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Evaluates the policies of the gate {@code release}, in the format that compliance settles. */
@Component
public class PolicyGate {

  private static final String TARGET = "release";

  private static final Map<String, CelType> VARIABLES =
      Map.of(
          "release.environment", SimpleType.STRING,
          "release.canaryPercent", SimpleType.INT,
          "release.override", SimpleType.BOOL,
          "verdict.outcome", SimpleType.STRING,
          "verdict.reasons", ListType.create(SimpleType.STRING),
          "application.name", SimpleType.STRING,
          "application.criticality", SimpleType.STRING);

  private record Rule(String name, String expression, String message) {}

  private static final TypeReference<List<Rule>> RULES = new TypeReference<>() {};

  private final ProjectionReader knowledge;
  private final JsonMapper json;
  private final Cel cel = cel();

  PolicyGate(ProjectionReader knowledge, JsonMapper json) {
    this.knowledge = knowledge;
    this.json = json;
  }

  /**
   * @return why the policies refuse; empty when all hold
   */
  public List<String> refusals(Map<String, Object> facts) {
    Map<String, String> policies = knowledge.policies(TARGET);
    if (policies.isEmpty()) {
      return List.of("No policy for releases is known here yet; without one nothing is released.");
    }
    List<String> refusals = new ArrayList<>();
    policies
        .values()
        .forEach(
            source -> json.readValue(source, RULES).forEach(rule -> check(rule, facts, refusals)));
    return refusals;
  }

  private void check(Rule rule, Map<String, Object> facts, List<String> refusals) {
    try {
      if (!Boolean.TRUE.equals(
          cel.createProgram(cel.compile(rule.expression).getAst()).eval(facts))) {
        refusals.add(rule.message);
      }
    } catch (CelValidationException | CelEvaluationException e) {
      refusals.add(
          rule.name
              + " could not be evaluated: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown cause"));
    }
  }

  private static Cel cel() {
    CelOptions options =
        CelOptions.current()
            .maxExpressionCodePointSize(1_000)
            .maxParseRecursionDepth(50)
            .comprehensionMaxIterations(1_000)
            .maxRegexProgramSize(1_000)
            .enableHeterogeneousNumericComparisons(true)
            .build();
    CelBuilder builder =
        CelFactory.plannerCelBuilder()
            .setOptions(options)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
    VARIABLES.forEach(builder::addVar);
    return builder.build();
  }
}
