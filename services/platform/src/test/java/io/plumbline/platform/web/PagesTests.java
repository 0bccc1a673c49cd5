package io.plumbline.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.MethodParameter;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.ServletWebRequest;

class PagesTests {

  private static final PageRequest FIRST_OF_TWO = new PageRequest(2, null);

  @Test
  void a_page_leads_to_the_next_by_the_keys_of_its_last_row() {
    Page<String> page = Page.of(List.of("a", "b", "c"), FIRST_OF_TWO, List::of, 3);

    assertThat(page.items()).containsExactly("a", "b");
    assertThat(PageToken.decode(Objects.requireNonNull(page.nextPageToken()))).containsExactly("b");
  }

  @Test
  void the_last_page_leads_nowhere() {
    assertThat(Page.of(List.of("a", "b"), FIRST_OF_TWO, List::of, 2))
        .isEqualTo(new Page<>(List.of("a", "b"), null, new Page.Total(2, true)));
    assertThat(Page.of(List.<String>of(), FIRST_OF_TWO, List::of, 0))
        .isEqualTo(new Page<>(List.of(), null, new Page.Total(0, true)));
    assertThat(Page.ofSinglePage(List.of("a")))
        .isEqualTo(new Page<>(List.of("a"), null, new Page.Total(1, true)));
  }

  @Test
  void a_total_says_when_it_is_only_a_lower_bound() {
    assertThat(Page.Total.counted(10_000)).isEqualTo(new Page.Total(10_000, true));
    assertThat(Page.Total.counted(10_001)).isEqualTo(new Page.Total(10_000, false));
  }

  @Test
  void a_token_gives_back_the_keys_whatever_is_in_them() {
    List<String> keys = List.of("2026-01-01T00:00:00Z", "", "a.b/c+d", "größer → \ud83d\ude00");

    assertThat(PageToken.decode(PageToken.encode(keys))).isEqualTo(keys);
    assertThat(PageToken.encode(keys)).matches("[A-Za-z0-9_.-]*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "a b", "YQ==.YQ=", "AA"})
  void a_token_that_no_list_gave_out_is_refused(String token) {
    assertInvalid("pageToken", () -> PageToken.decode(token));
  }

  @Test
  void a_token_of_any_length_is_not_read() {
    assertInvalid("pageToken", () -> PageToken.decode("YWFh".repeat(501)));
  }

  @Test
  void a_key_that_does_not_parse_is_the_callers_fault() {
    PageRequest forged = new PageRequest(50, List.of("not a number"));

    assertInvalid("pageToken", () -> forged.after(Long::valueOf, 0L));
    assertThat(new PageRequest(50, List.of("7")).after(Long::valueOf, 0L)).isEqualTo(7);
    assertThat(new PageRequest(50, null).after(Long::valueOf, 0L)).isZero();
  }

  @Test
  void a_token_with_another_number_of_keys_is_the_callers_fault() {
    PageRequest two = new PageRequest(50, List.of("7", "8"));

    assertInvalid("pageToken", () -> two.after(Long::valueOf, 0L));
    assertInvalid("pageToken", two::afterName);
    assertThat(two.after(2, List::getLast, "")).isEqualTo("8");
    assertThat(new PageRequest(50, null).afterName()).isEmpty();
  }

  @Test
  void a_page_is_requested_by_limit_and_token() {
    assertThat(requested("", "")).isEqualTo(new PageRequest(50, null));
    assertThat(requested("limit", "1")).isEqualTo(new PageRequest(1, null));
    assertThat(requested("limit", "100").fetchSize()).isEqualTo(101);
    assertThat(requested("pageToken", PageToken.encode(List.of("a"))))
        .isEqualTo(new PageRequest(50, List.of("a")));
    assertThat(requested("pageToken", "")).isEqualTo(new PageRequest(50, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "-1", "", "ten", "99999999999"})
  void a_limit_out_of_bounds_is_refused(String limit) {
    assertInvalid("limit", () -> requested("limit", limit));
  }

  private static PageRequest requested(String parameter, String value) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    if (!parameter.isEmpty()) {
      request.setParameter(parameter, value);
    }
    return new PageRequestResolver()
        .resolveArgument(anyParameter(), null, new ServletWebRequest(request), null);
  }

  private static MethodParameter anyParameter() {
    return new MethodParameter(PageToken.class.getDeclaredMethods()[0], -1);
  }

  private static void assertInvalid(String pointer, ThrowingCallable call) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(call)
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(CommonProblem.INVALID))
        .satisfies(problem ->
            assertThat(String.valueOf(problem.body().getProperties()))
                .contains("pointer=" + pointer));
  }
}
