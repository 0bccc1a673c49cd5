package io.plumbline.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import io.plumbline.contracts.Digest;
import io.plumbline.policy.PolicySource.RuleSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compiles policies and keeps them by the digest of their source. The engine is thread-safe, and a
 * service needs one.
 *
 * <p>A {@link WorkBudget} bounds what a decision costs, and other limits bound the length of an
 * expression and the iterations of its comprehensions. Macros make no larger values of their
 * variables, so values stay small. Regular expressions are RE2 and take linear time.
 */
public final class PolicyEngine {

  private record Key(PolicyTarget target, Digest digest) {}

  /** The largest size of a policy's source, in bytes. */
  public static final int MAX_SOURCE = 32 * 1_024;

  private static final int MAX_CACHED = 512;
  private static final int MAX_EXPRESSION = 1_000;
  private static final int MAX_MESSAGE = 500;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,59}");
  private static final CelOptions LIMITS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_EXPRESSION)
          .maxParseRecursionDepth(50)
          .comprehensionMaxIterations(1_000)
          .maxRegexProgramSize(WorkBudget.MAX_PROGRAM)
          // The planner rejects options without this one.
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private final Map<PolicyTarget, Cel> environments = new EnumMap<>(PolicyTarget.class);
  private final Cache<Key, Policy> policies = Caffeine.newBuilder().maximumSize(MAX_CACHED).build();

  public PolicyEngine() {
    for (PolicyTarget target : PolicyTarget.values()) {
      CelBuilder environment =
          CelFactory.plannerCelBuilder()
              .setOptions(LIMITS)
              .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
      target
          .vocabulary()
          .forEach(variable -> environment.addVar(variable.name(), variable.type().cel()));
      environments.put(target, environment.build());
    }
  }

  /**
   * Compiles a source that somebody wants to activate, or names everything that is wrong with it.
   */
  public Compilation compile(PolicyTarget target, String source) {
    Key key = new Key(target, Digest.ofText(source));
    return switch (PolicySource.parse(source)) {
      case PolicySource.Unreadable(PolicyFlaw flaw) -> new Compilation.Invalid(List.of(flaw));
      case PolicySource.Rules(List<RuleSource> rules) -> compileAll(key, rules);
    };
  }

  /**
   * Returns the policy of a source that was activated before. A rule that does not compile here,
   * because a newer engine activated it, refuses everything, so that it never opens a gate.
   */
  public Policy load(PolicyTarget target, String source) {
    return policies.get(new Key(target, Digest.ofText(source)), key -> loadRules(key, source));
  }

  private Policy loadRules(Key key, String source) {
    return switch (PolicySource.parse(source)) {
      case PolicySource.Unreadable(PolicyFlaw flaw) ->
          new Policy(
              key.target(),
              key.digest(),
              List.of(new BrokenRule("policy", "its source " + flaw.detail())));
      case PolicySource.Rules(List<RuleSource> rules) ->
          new Policy(
              key.target(),
              key.digest(),
              rules.stream()
                  .map(rule -> compileRule(key.target(), rule, "", new ArrayList<>()))
                  .toList());
    };
  }

  private Compilation compileAll(Key key, List<RuleSource> sources) {
    List<PolicyFlaw> flaws = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < sources.size(); i++) {
      RuleSource rule = sources.get(i);
      if (!NAME.matcher(rule.name()).matches() || !names.add(rule.name())) {
        flaws.add(
            PolicyFlaw.of(
                "/" + i + "/name",
                "must be kebab-case, at most 60 characters, and unique in the policy"));
      }
      if (rule.message().isBlank()
          || rule.message().length() > MAX_MESSAGE
          || rule.message().chars().anyMatch(Character::isISOControl)) {
        flaws.add(
            PolicyFlaw.of(
                "/" + i + "/message",
                "must say, in one line of at most "
                    + MAX_MESSAGE
                    + " characters, what to do when the rule refuses"));
      }
      rules.add(compileRule(key.target(), rule, "/" + i + "/expression", flaws));
    }
    if (!flaws.isEmpty()) {
      return new Compilation.Invalid(List.copyOf(flaws));
    }
    return new Compilation.Compiled(new Policy(key.target(), key.digest(), rules));
  }

  private Rule compileRule(
      PolicyTarget target, RuleSource rule, String pointer, List<PolicyFlaw> flaws) {
    Cel environment = Objects.requireNonNull(environments.get(target));
    PolicyFlaw flaw;
    try {
      CelAbstractSyntaxTree tree = environment.compile(rule.expression()).getAst();
      if (MacroCheck.makesLargerValues(tree)) {
        flaw =
            PolicyFlaw.of(
                pointer,
                "must not join the variable of a macro, such as map, to texts or lists, nor put it"
                    + " into a list or map");
      } else if (tree.getResultType().equals(SimpleType.BOOL)) {
        return new CompiledRule(
            target,
            rule.name(),
            environment.createProgram(tree),
            WorkBudget.searches(tree),
            rule.message());
      } else {
        flaw =
            PolicyFlaw.of(
                pointer, "must be of type bool, and is of type " + tree.getResultType().name());
      }
    } catch (CelValidationException e) {
      flaw = firstFlaw(pointer, e);
    } catch (CelEvaluationException e) {
      flaw = PolicyFlaw.of(pointer, "cannot be planned: " + firstLine(e.getMessage()));
    }
    flaws.add(flaw);
    return new BrokenRule(rule.name(), "its expression " + flaw.detail());
  }

  /** Returns the first issue only: the issues after a syntax error are mostly caused by it. */
  private static PolicyFlaw firstFlaw(String pointer, CelValidationException cause) {
    if (cause.getErrors().isEmpty()) {
      return PolicyFlaw.of(pointer, "does not compile: " + firstLine(cause.getMessage()));
    }
    CelIssue issue = cause.getErrors().getFirst();
    int line = issue.getSourceLocation().getLine();
    // CEL counts columns from 0.
    int column = issue.getSourceLocation().getColumn() + 1;
    if (line < 1 || column < 1) {
      return PolicyFlaw.of(pointer, "does not compile: " + firstLine(issue.getMessage()));
    }
    return new PolicyFlaw(
        pointer,
        line,
        column,
        "does not compile in line %d, column %d: %s"
            .formatted(line, column, firstLine(issue.getMessage())));
  }

  private static String firstLine(@Nullable String text) {
    String line = String.valueOf(text).lines().findFirst().orElse("unknown cause");
    // The variables are in no container, so naming it would only confuse.
    return line.replace(" (in container '')", "");
  }
}
