package io.plumbline.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The preconditions of RFC 9110, section 13.1.1, and RFC 6585, section 3. */
class IfMatchTests {

  @ParameterizedTest
  @ValueSource(strings = {"\"3\"", "*", "\"2\", \"3\"", " \"3\" "})
  void the_version_that_was_read_may_be_changed(String header) {
    assertThatCode(() -> new IfMatch(header).require(3)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "\"33\"", "\"1\", \"2\"", "W/\"3\""})
  void another_version_is_stale_and_a_weak_tag_never_matches(String header) {
    assertRefused(header, CommonProblem.STALE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "\"3", "version 3"})
  void a_header_that_is_no_entity_tag_is_not_valid(String header) {
    assertRefused(header, CommonProblem.INVALID);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void no_version_is_not_enough(@Nullable String header) {
    assertRefused(header, CommonProblem.PRECONDITION_REQUIRED);
  }

  @Test
  void an_etag_is_the_version_in_quotes() {
    assertThat(EntityTags.etag(3)).isEqualTo("\"3\"");
  }

  private static void assertRefused(@Nullable String header, CommonProblem problem) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> new IfMatch(header).require(3))
        .satisfies(refusal -> assertThat(refusal.type()).isEqualTo(problem));
  }
}
