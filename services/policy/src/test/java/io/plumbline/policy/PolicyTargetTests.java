package io.plumbline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTargetTests {

  @ParameterizedTest
  @EnumSource
  void a_target_is_found_by_its_slug(PolicyTarget target) {
    assertThat(PolicyTarget.of(target.slug())).contains(target);
  }

  @Test
  void another_slug_names_no_target() {
    assertThat(PolicyTarget.of("RELEASE")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_target_declares_each_variable_once(PolicyTarget target) {
    assertThat(target.vocabulary())
        .isNotEmpty()
        .extracting(Variable::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z]+(\\.[a-zA-Z]+)?"));
  }

  @Test
  void types_are_named_as_cel_writes_them() {
    assertThat(List.of(VariableType.values()))
        .extracting(VariableType::celName)
        .containsExactly("string", "int", "bool", "list(string)", "map(string, int)");
  }
}
