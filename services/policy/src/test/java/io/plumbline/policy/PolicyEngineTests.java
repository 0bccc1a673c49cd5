package io.plumbline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The decisions of a policy, and the sources that are rejected. */
class PolicyEngineTests {

  private final PolicyEngine engine = new PolicyEngine();

  @Test
  void a_compiled_policy_carries_the_digest_of_its_source() {
    String source = rule("dataset.rows > 0");

    Policy policy = compiled(source);

    assertThat(policy.digest()).isEqualTo(Digest.ofText(source));
    assertThat(policy.target()).isEqualTo(PolicyTarget.DATASET_ADMISSION);
    assertThat(policy.rules()).extracting(Rule::name).containsExactly("rule");
  }

  @Test
  void every_rule_that_is_false_refuses_with_its_message_in_the_order_of_the_source() {
    Policy policy =
        compiled(
            """
            [{"name": "a", "expression": "false", "message": "First."},
             {"name": "b", "expression": "true", "message": "Never."},
             {"name": "c", "expression": "dataset.rows == 0", "message": "Third."}]
            """);

    assertThat(policy.refusalReasons(variables(Map.of()))).containsExactly("First.", "Third.");
  }

  @Test
  void rules_read_integers_texts_booleans_lists_and_maps() {
    assertThat(
            compiled(
                    rule(
                        "dataset.rows == 500 && dataset.licence.startsWith('CC0') &&"
                            + " !dataset.masked && dataset.labels['spam'] >= 100"))
                .refusalReasons(variables(Map.of())))
        .isEmpty();
    assertThat(
            compiled(PolicyTarget.RELEASE, rule("verdict.reasons.all(r, r != 'regression')"))
                .refusalReasons(Map.of("verdict.reasons", List.of("slow", "dear"))))
        .isEmpty();
  }

  @Test
  void numbers_of_different_types_are_compared_by_value() {
    assertThat(compiled(rule("dataset.rows > 499.5")).refusalReasons(variables(Map.of())))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dataset.labels['absent'] > 1", "dataset.name == 'x'", "1 / dataset.leakage > 0"})
  void a_rule_that_cannot_be_evaluated_refuses(String expression) {
    assertThat(compiled(rule(expression)).refusalReasons(variables(Map.of())))
        .singleElement()
        .asString()
        .startsWith("rule could not be evaluated: ");
  }

  @Test
  void a_long_computation_is_cut_off_and_refuses() {
    String tens = "[0,1,2,3,4,5,6,7,8,9]";
    String nested =
        tens + ".all(a, " + tens + ".all(b, " + tens + ".all(c, " + tens + ".all(d, true))))";

    assertThat(compiled(rule(nested)).refusalReasons(variables(Map.of())))
        .singleElement()
        .asString()
        .startsWith("rule could not be evaluated: ");
  }

  /** The operator {@code ||} ignores errors, and must not ignore this one. */
  @Test
  void a_rule_that_takes_too_much_work_refuses_and_so_does_every_later_one() {
    String costly = "dataset.labels.all(a, dataset.labels.all(b, a != '' && b != '')) || true";
    String source =
        """
        [{"name": "first", "expression": "dataset.rows == 0", "message": "First."},
         {"name": "costly", "expression": "%s", "message": "no"},
         {"name": "last", "expression": "true", "message": "no"}]
        """
            .formatted("(" + costly + ")" + ("&& (" + costly + ")").repeat(9));
    Map<String, Object> variables = variables(Map.of("dataset.labels", labels(30)));
    assertThat(compiled(source).refusalReasons(variables)).containsExactly("First.");

    WorkBudget budget = new WorkBudget();
    List<String> refusals = List.of();
    for (int i = 0; refusals.size() < 2 && i < 1_000; i++) {
      refusals = compiled(source).refusalReasons(variables, budget);
    }

    assertThat(refusals)
        .endsWith(
            "costly could not be evaluated: the rules take more than 20,000,000 steps",
            "last could not be evaluated: the rules take more than 20,000,000 steps");
  }

  @Test
  void a_thousand_labels_are_compared_by_several_rules() {
    String rule = "dataset.labels.all(l, dataset.labels[l] >= 20 && l.matches('[a-z0-9 -]{1,80}'))";
    String source =
        """
        [{"name": "a", "expression": "%1$s", "message": "no"},
         {"name": "b", "expression": "%1$s", "message": "no"},
         {"name": "c", "expression": "%1$s", "message": "no"}]
        """
            .formatted(rule);

    assertThat(compiled(source).refusalReasons(variables(Map.of("dataset.labels", labels(1_000)))))
        .isEmpty();
  }

  /** A chain of such macros would double a text or a list a hundred times. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "['x'].map(s, s + s).map(s, s + s).size() == 1",
        "[[1]].map(l, l + l).size() == 1",
        "['x'].map(s, [s, s]).map(s, [s, s]) == [[['x']]]",
        "['x'].map(s, {s: s}).size() == 1",
        "['x'].all(s, [s + s].all(t, [t + t].all(u, u != '')))",
        "['x'].exists(s, s + dataset.name != '')",
        "[1].map(i, true, [[i]]).size() == 1",
        "['x'].filter(s, s + s != '').size() == 1",
        "[dyn('x')].all(s, s + s != '')"
      })
  void a_macro_makes_no_larger_value_of_its_variable(String expression) {
    assertThat(flaws(rule(expression)))
        .singleElement()
        .extracting(PolicyFlaw::detail)
        .asString()
        .startsWith("must not join the variable of a macro");
    assertThat(
            engine
                .load(PolicyTarget.DATASET_ADMISSION, rule(expression))
                .refusalReasons(variables(Map.of())))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1, 2].map(i, i + 1).all(i, i > 0)",
        "['a', 'b'].map(s, s != 'c', s.size()).exists(n, n == 1)",
        "['a', 'b'].filter(s, s in ['a', 'c']).size() == 1",
        "['a' + dataset.licence].all(s, s.startsWith('a'))",
        "[1].all(i, [2, 3].exists_one(j, j + i == 3))",
        "dataset.labels.all(label, dataset.labels[label] + 1 > 0)"
      })
  void a_macro_may_read_its_variable(String expression) {
    assertThat(compiled(rule(expression)).refusalReasons(variables(Map.of()))).isEmpty();
  }

  /**
   * These expressions take exponential or polynomial time in engines that backtrack (CWE-1333); RE2
   * does not.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(a+)+$",
        "^(a|aa)+$",
        "^(a|a?)+$",
        "^([a-zA-Z]+)*$",
        "^(a*)*$",
        "^(.*a){12}$",
        "^(([a-z])+.)+[A-Z]([a-z])+$"
      })
  void a_pattern_made_to_be_slow_is_decided_on_a_text_made_for_it(String pattern) {
    String text = "a".repeat(20_000) + "!";

    assertThat(
            compiled(rule("dataset.licence.matches('" + pattern + "')"))
                .refusalReasons(variables(Map.of("dataset.licence", text))))
        .containsExactly("no");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)\\\\1", "(?=a)a", "a{1,1000}{1,1000}"})
  void a_pattern_that_needs_going_back_or_much_memory_refuses(String pattern) {
    assertThat(
            compiled(rule("dataset.licence.matches('" + pattern + "')"))
                .refusalReasons(variables(Map.of())))
        .singleElement()
        .asString()
        .startsWith("rule could not be evaluated: ");
  }

  @Test
  void a_gate_must_not_supply_variables_that_rules_cannot_use() {
    Policy policy = compiled(rule("true"));

    assertThatThrownBy(() -> policy.refusalReasons(Map.of("dataset.rowz", 1L, "dataset.rows", 1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The target dataset-admission does not declare the variables [dataset.rowz]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          dataset.rowz > 1                     | undeclared reference
          dataset.rows                         | must be of type bool
          'x'.getClass() == 'y'                | undeclared reference
          dataset.rows > 'many'                | no matching overload
          release.override                     | undeclared reference
          dataset.rows >                       | mismatched input
          """)
  void what_does_not_compile_is_refused_before_it_is_activated(String expression, String flaw) {
    assertThat(flaws(rule(expression)))
        .singleElement()
        .satisfies(found -> assertThat(found.pointer()).isEqualTo("/0/expression"))
        .satisfies(found -> assertThat(found.detail()).containsIgnoringCase(flaw));
  }

  @Test
  void a_flaw_of_an_expression_names_its_line_and_column() {
    assertThat(flaws(rule("dataset.rows > 1 &&\n  dataset.rowz > 1")))
        .containsExactly(
            new PolicyFlaw(
                "/0/expression",
                2,
                3,
                "does not compile in line 2, column 3: undeclared reference to 'dataset'"));
  }

  @Test
  void every_flaw_of_a_source_is_named_at_once() {
    assertThat(
            flaws(
                """
                [{"name": "A b", "expression": "true", "message": "m"},
                 {"name": "b", "expression": "dataset.rows", "message": " "},
                 {"name": "b", "expression": "true", "message": "m"}]
                """))
        .extracting(PolicyFlaw::pointer)
        .containsExactly("/0/name", "/1/message", "/1/expression", "/2/name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "no json",
        "[{\"name\":\"a\",\"expression\":\"true\"}]",
        "[{\"name\":\"a\",\"expression\":\"true\",\"message\":\"m\",\"more\":1}]",
        "[{\"name\":\"A b\",\"expression\":\"true\",\"message\":\"m\"}]",
        "[{\"name\":\"a\",\"expression\":\"true\",\"message\":\"m\"},"
            + "{\"name\":\"a\",\"expression\":\"true\",\"message\":\"m\"}]",
        "[{\"name\":\"a\",\"expression\":\"true\",\"message\":\" \"}]",
        "[{\"name\":\"a\",\"expression\":null,\"message\":\"m\"}]",
        "null",
        "[null]",
        "[1]",
        "[[]]",
        "[{\"name\":\"a\",\"expression\":\"true\",\"message\":\"a\\u0000b\"}]"
      })
  void what_is_no_list_of_rules_is_refused(String source) {
    assertThat(flaws(source))
        .isNotEmpty()
        .noneMatch(
            flaw -> flaw.detail().contains("io.plumbline") || flaw.detail().contains("java."));
  }

  @Test
  void json_that_is_not_well_formed_is_refused_with_its_place() {
    assertThat(flaws("[\n  {\"name\": oops}\n]"))
        .singleElement()
        .satisfies(flaw ->
            assertThat(flaw.detail()).startsWith("is not well-formed JSON in line 2, column 1"))
        .satisfies(flaw -> assertThat(flaw.line()).isEqualTo(2))
        .satisfies(flaw -> assertThat(flaw.pointer()).isEmpty());
  }

  @Test
  void a_field_of_the_wrong_type_is_named_by_its_pointer() {
    assertThat(flaws("[{\"name\":\"a\",\"expression\":\"true\",\"message\":{\"a/b\":1}}]"))
        .singleElement()
        .extracting(PolicyFlaw::pointer)
        .isEqualTo("/0/message");
    assertThat(flaws("[{\"name\":\"a\",\"expression\":\"true\",\"message\":\"m\",\"a/b\":1}]"))
        .singleElement()
        .extracting(PolicyFlaw::pointer)
        .isEqualTo("/0/a~1b");
  }

  @Test
  void an_overlong_or_overdeep_expression_is_refused() {
    assertThat(flaws(rule("true || ".repeat(200) + "true"))).hasSize(1);
    assertThat(flaws(rule("(".repeat(200) + "true" + ")".repeat(200)))).hasSize(1);
    assertThat(flaws("[" + " ".repeat(33_000) + "]"))
        .containsExactly(new PolicyFlaw("", 0, 0, "must be at most 32 KiB long"));
  }

  @Test
  void a_policy_has_at_most_32_rules() {
    assertThat(compiled(rules(32)).rules()).hasSize(32);
    assertThat(flaws(rules(33)))
        .containsExactly(new PolicyFlaw("", 0, 0, "must have 1 to 32 rules, and has 33 of them"));
  }

  @Test
  void a_source_is_compiled_once_for_each_target() {
    String source = rule("true");

    Policy first = engine.load(PolicyTarget.RELEASE, source);

    assertThat(engine.load(PolicyTarget.RELEASE, source)).isSameAs(first);
    assertThat(engine.load(PolicyTarget.APPROVAL, source)).isNotSameAs(first);
  }

  @Test
  void an_activated_source_decides_as_it_was_compiled() {
    String source = rule("release.canaryPercent <= 10");
    Map<String, Object> large = Map.of("release.canaryPercent", 50L);

    assertThat(engine.load(PolicyTarget.RELEASE, source).refusalReasons(large))
        .isEqualTo(compiled(PolicyTarget.RELEASE, source).refusalReasons(large))
        .containsExactly("no");
  }

  @Test
  void an_activated_source_that_no_longer_compiles_refuses_and_its_other_rules_still_decide() {
    Policy policy =
        engine.load(
            PolicyTarget.RELEASE,
            """
            [{"name": "newer", "expression": "release.unheard == 1", "message": "m"},
             {"name": "plain", "expression": "release.override", "message": "Override it."}]
            """);

    assertThat(policy.refusalReasons(Map.of("release.override", false)))
        .containsExactly(
            "newer could not be evaluated: its expression does not compile in line 1, column 1:"
                + " undeclared reference to 'release'",
            "Override it.");
  }

  @Test
  void an_activated_source_that_cannot_be_read_refuses() {
    assertThat(engine.load(PolicyTarget.RELEASE, "[{").refusalReasons(Map.of()))
        .singleElement()
        .asString()
        .startsWith("policy could not be evaluated: its source is not well-formed JSON in line 1");
  }

  private static Map<String, Object> variables(Map<String, Object> changed) {
    Map<String, Object> variables =
        new HashMap<>(
            Map.of(
                "dataset.rows",
                500L,
                "dataset.piiFindings",
                0L,
                "dataset.masked",
                false,
                "dataset.licence",
                "CC0-1.0",
                "dataset.legalBasis",
                "",
                "dataset.leakage",
                0L,
                "dataset.labels",
                Map.of("spam", 100L),
                "purpose",
                "TRAIN"));
    variables.putAll(changed);
    return variables;
  }

  private static Map<String, Long> labels(int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "a label of customers " + i, i -> 20L + i));
  }

  private Policy compiled(String source) {
    return compiled(PolicyTarget.DATASET_ADMISSION, source);
  }

  private Policy compiled(PolicyTarget target, String source) {
    return switch (engine.compile(target, source)) {
      case Compilation.Compiled compiled -> compiled.policy();
      case Compilation.Invalid flawed -> throw new AssertionError(flawed.flaws().toString());
    };
  }

  private List<PolicyFlaw> flaws(String source) {
    return engine.compile(PolicyTarget.DATASET_ADMISSION, source)
            instanceof Compilation.Invalid flawed
        ? flawed.flaws()
        : List.of();
  }

  private static String rules(int count) {
    return JsonMapper.builder()
        .build()
        .writeValueAsString(
            IntStream.range(0, count)
                .mapToObj(i -> Map.of("name", "rule-" + i, "expression", "true", "message", "no"))
                .toList());
  }

  private static String rule(String expression) {
    return JsonMapper.builder()
        .build()
        .writeValueAsString(
            List.of(Map.of("name", "rule", "expression", expression, "message", "no")));
  }
}
