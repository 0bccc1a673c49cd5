package io.plumbline.compliance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a policy says, and what is no policy. */
class PolicyTests {

  private final PolicyCompiler compiler = new PolicyCompiler(JsonMapper.builder().build());

  @Test
  void the_preset_admits_a_clean_dataset() {
    assertThat(admission(Map.of())).isEmpty();
  }

  @Test
  void the_preset_names_every_reason_at_once() {
    assertThat(
            admission(
                Map.of("dataset.piiFindings", 3L, "dataset.licence", "", "dataset.leakage", 2L)))
        .containsExactly(
            "Personal data or secrets were found: mask them, then ask for the new version's"
                + " admission.",
            "Rows of different parts of a split are equal or near-duplicates: split again without"
                + " duplicates.",
            "The dataset has no licence: say under which one its rows may be used.",
            "Personal data was found and no legal basis is given: say on which one it is"
                + " processed.");
  }

  @Test
  void a_rule_that_cannot_be_evaluated_refuses() {
    List<String> reasons = compiled(rule("dataset.labels['absent'] > 1")).refusals(facts(Map.of()));

    assertThat(reasons).singleElement().asString().startsWith("rule could not be evaluated");
  }

  @Test
  void a_long_computation_is_cut_off_and_refuses() {
    String tens = "[0,1,2,3,4,5,6,7,8,9]";
    String nested =
        tens + ".all(a, " + tens + ".all(b, " + tens + ".all(c, " + tens + ".all(d, true))))";

    assertThat(compiled(rule(nested)).refusals(facts(Map.of())))
        .singleElement()
        .asString()
        .startsWith("rule could not be evaluated");
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
  void what_does_not_compile_is_told_before_it_is_activated(String expression, String flaw) {
    assertThat(flaws(rule(expression)))
        .singleElement()
        .satisfies(found -> assertThat(found.pointer()).isEqualTo("/0/expression"))
        .satisfies(found -> assertThat(found.detail()).containsIgnoringCase(flaw));
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
        "[{\"name\":\"a\",\"expression\":\"true\",\"message\":\"m\"},{\"name\":\"a\",\"expression\":\"true\",\"message\":\"m\"}]",
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
  void what_is_not_well_formed_is_told_with_its_place() {
    assertThat(flaws("[\n  {\"name\": oops}\n]"))
        .singleElement()
        .satisfies(flaw ->
            assertThat(flaw.detail()).startsWith("is not well-formed JSON in line 2, column 1"));
  }

  @Test
  void an_overlong_or_overdeep_expression_is_refused() {
    assertThat(flaws(rule("true || ".repeat(200) + "true"))).hasSize(1);
    assertThat(flaws(rule("(".repeat(200) + "true" + ")".repeat(200)))).hasSize(1);
    assertThat(flaws("[" + " ".repeat(33_000) + "]")).hasSize(1);
  }

  @Test
  void a_failed_verdict_needs_an_override() {
    CompiledPolicy release =
        compiled(PolicyTarget.RELEASE, PolicyPresets.source("release-default"));
    Map<String, Object> facts =
        Map.of(
            "release.environment",
            "production",
            "release.canaryPercent",
            10L,
            "release.override",
            false,
            "verdict.outcome",
            "FAIL",
            "verdict.reasons",
            List.of(),
            "application.name",
            "mail-triage",
            "application.criticality",
            "HIGH");
    Map<String, Object> overridden = new HashMap<>(facts);
    overridden.put("release.override", true);

    assertThat(release.refusals(facts)).hasSize(1);
    assertThat(release.refusals(overridden)).isEmpty();
  }

  private List<String> admission(Map<String, Object> changed) {
    return compiled(
            PolicyTarget.DATASET_ADMISSION, PolicyPresets.source("dataset-admission-default"))
        .refusals(facts(changed));
  }

  private static Map<String, Object> facts(Map<String, Object> changed) {
    Map<String, Object> facts =
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
    facts.putAll(changed);
    return facts;
  }

  private CompiledPolicy compiled(String source) {
    return compiled(PolicyTarget.DATASET_ADMISSION, source);
  }

  private CompiledPolicy compiled(PolicyTarget target, String source) {
    return switch (compiler.compile(target, source)) {
      case PolicyCompiler.Compiled compiled -> compiled.policy();
      case PolicyCompiler.Flawed flawed -> throw new AssertionError(flawed.flaws().toString());
    };
  }

  private List<PolicyFlaw> flaws(String source) {
    return compiler.compile(PolicyTarget.DATASET_ADMISSION, source)
            instanceof PolicyCompiler.Flawed flawed
        ? flawed.flaws()
        : List.of();
  }

  private static String rule(String expression) {
    return JsonMapper.builder()
        .build()
        .writeValueAsString(
            List.of(Map.of("name", "rule", "expression", expression, "message", "no")));
  }
}
