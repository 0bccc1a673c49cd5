package io.plumbline.compliance.policy;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import io.plumbline.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns a source into a policy, or says everything that is wrong with it. What bounds an evaluation
 * to well under 50 ms are the limits on the length of an expression and on the iterations of its
 * comprehensions; regular expressions are RE2 and linear.
 */
@Component
class PolicyCompiler {

  /** What a source became: exactly one of the two is present. */
  sealed interface Compilation {}

  record Compiled(CompiledPolicy policy) implements Compilation {}

  record Flawed(List<PolicyFlaw> flaws) implements Compilation {}

  private static final String NO_RULE =
      "must be, in an array, a rule of the texts name, expression and message and nothing else";
  private static final int MAX_SOURCE_BYTES = 32 * 1024;
  private static final int MAX_RULES = 32;
  private static final int MAX_EXPRESSION = 1_000;
  private static final int MAX_MESSAGE = 500;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,59}");
  private static final CelOptions LIMITS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_EXPRESSION)
          .maxParseRecursionDepth(50)
          .comprehensionMaxIterations(1_000)
          .maxRegexProgramSize(1_000)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private final Map<PolicyTarget, Cel> environments = new EnumMap<>(PolicyTarget.class);
  private final JsonMapper json;

  PolicyCompiler(JsonMapper json) {
    this.json =
        json.rebuild()
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(
                DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    for (PolicyTarget target : PolicyTarget.values()) {
      CelBuilder environment =
          CelFactory.plannerCelBuilder()
              .setOptions(LIMITS)
              .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
      target.vocabulary().forEach(variable -> environment.addVar(variable.name(), variable.type()));
      environments.put(target, environment.build());
    }
  }

  Compilation compile(PolicyTarget target, String source) {
    if (source.getBytes(StandardCharsets.UTF_8).length > MAX_SOURCE_BYTES) {
      return flawed("", "is longer than 32 KiB");
    }
    List<PolicyRule> rules;
    try {
      rules = json.readValue(source, new TypeReference<List<PolicyRule>>() {});
    } catch (StreamReadException e) {
      TokenStreamLocation place = e.getLocation();
      return flawed(
          "",
          "is not well-formed JSON in line %d, column %d: %s"
              .formatted(place.getLineNr(), place.getColumnNr(), e.getOriginalMessage()));
    } catch (JacksonException e) {
      return flawed(Problem.pointer(e), NO_RULE);
    }
    if (rules == null || rules.contains(null)) {
      return flawed("", NO_RULE);
    }
    if (rules.isEmpty() || rules.size() > MAX_RULES) {
      return flawed("", "has " + rules.size() + " rules; a policy has 1 to " + MAX_RULES);
    }
    return compile(Objects.requireNonNull(environments.get(target)), rules);
  }

  private static Compilation compile(Cel environment, List<PolicyRule> rules) {
    List<PolicyFlaw> flaws = new ArrayList<>();
    List<CompiledPolicy.Rule> compiled = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      PolicyRule rule = rules.get(i);
      if (!NAME.matcher(rule.name()).matches() || !names.add(rule.name())) {
        flaws.add(
            new PolicyFlaw(
                "/" + i + "/name",
                "must be kebab-case, at most 60 characters, and unique in the policy"));
      }
      if (rule.message().isBlank()
          || rule.message().length() > MAX_MESSAGE
          || rule.message().chars().anyMatch(Character::isISOControl)) {
        flaws.add(
            new PolicyFlaw(
                "/" + i + "/message",
                "must say, in one line of at most "
                    + MAX_MESSAGE
                    + " characters, what to do when the rule refuses"));
      }
      compile(environment, rule, "/" + i + "/expression", compiled, flaws);
    }
    return flaws.isEmpty() ? new Compiled(new CompiledPolicy(compiled)) : new Flawed(flaws);
  }

  private static void compile(
      Cel environment,
      PolicyRule rule,
      String pointer,
      List<CompiledPolicy.Rule> compiled,
      List<PolicyFlaw> flaws) {
    try {
      CelAbstractSyntaxTree tree = environment.compile(rule.expression()).getAst();
      if (!tree.getResultType().equals(SimpleType.BOOL)) {
        flaws.add(
            new PolicyFlaw(
                pointer, "must be of type bool, it is of type " + tree.getResultType().name()));
        return;
      }
      compiled.add(
          new CompiledPolicy.Rule(rule.name(), environment.createProgram(tree), rule.message()));
    } catch (CelValidationException e) {
      flaws.add(new PolicyFlaw(pointer, firstLine(e)));
    } catch (CelEvaluationException e) {
      flaws.add(new PolicyFlaw(pointer, "cannot be planned: " + firstLine(e)));
    }
  }

  private static Compilation flawed(String pointer, String detail) {
    return new Flawed(List.of(new PolicyFlaw(pointer, detail)));
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
