package io.plumbline.evaluation.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import io.plumbline.sensitivedata.SensitiveDataSettings.WorkspaceRegions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExcerptsTests {

  private final Excerpts excerpts =
      new Excerpts(
          new SensitiveDataSettings(
              List.of("US"), List.of(new WorkspaceRegions(Workspaces.ACME, List.of("DE")))));

  private Optional<String> of(String text) throws Exception {
    return Caller.system(Workspaces.ACME).call(() -> excerpts.of(text));
  }

  private Optional<String> of(String question, Perturbation perturbation) throws Exception {
    return Caller.system(Workspaces.ACME)
        .call(() -> excerpts.of(Input.ofText(question), perturbation));
  }

  @Test
  void a_short_text_stays_as_it_is_on_one_line() throws Exception {
    assertThat(of("How long\n\tdoes it take?  ")).contains("How long does it take?");
  }

  @Test
  void of_a_text_without_anything_to_read_there_is_none() throws Exception {
    assertThat(of(" \n\u200b")).isEmpty();
  }

  @Test
  void a_text_of_200_characters_is_not_cut_and_one_of_201_is() throws Exception {
    assertThat(of("x".repeat(200))).contains("x".repeat(200));
    assertThat(of("x".repeat(201))).contains("x".repeat(199) + "…");
  }

  @Test
  void a_value_that_crosses_the_cut_is_masked_as_a_whole() throws Exception {
    assertThat(of("x".repeat(185) + " erika@example.com and more").orElseThrow())
        .doesNotContain("erika")
        .contains("<EMAIL>");
  }

  @Test
  void numbers_are_looked_for_as_those_of_the_workspaces_regions() throws Exception {
    assertThat(of("Call 030 901820")).contains("Call <PHONE>");
  }

  @Test
  void no_pair_of_surrogates_is_divided() throws Exception {
    assertThat(of("x".repeat(198) + "😀😀")).contains("x".repeat(198) + "…");
  }

  private Optional<String> of(Expected expected) throws Exception {
    return Caller.system(Workspaces.ACME).call(() -> excerpts.of(expected));
  }

  @Test
  void an_expected_answer_is_shown_by_whatever_it_consists_of() throws Exception {
    assertThat(of(Expected.ofLabel("spam"))).contains("spam");
    assertThat(of(new Expected(null, List.of("14 days", "Ask erika@example.com"), null, null)))
        .contains("14 days / Ask <EMAIL>");
    assertThat(of(Expected.ofAnswers(List.of(), List.of())))
        .contains("Not answered by the documents");
    assertThat(of(Expected.NOTHING)).isEmpty();
  }

  @Test
  void a_question_in_lower_case_is_masked_by_its_original() throws Exception {
    assertThat(of("Is AKIAIOSFODNN7EXAMPLE My Key?", Perturbation.LOWER_CASE))
        .contains("is <aws_access_key> my key?");
  }

  @Test
  void of_a_question_without_its_end_no_part_of_a_value_is_shown() throws Exception {
    assertThat(of("Is 4111 1111 1111 1111 My Card?", Perturbation.TRUNCATED).orElseThrow())
        .startsWith("Is <PAYMENT_C")
        .doesNotContain("4111", "1111");
  }

  @Test
  void a_question_without_its_headers_is_shown_from_its_body_however_long_they_are()
      throws Exception {
    String headers = "To: erika@example.com\n".repeat(500);

    assertThat(of(headers + "\nCall max@example.com", Perturbation.HEADERS_STRIPPED))
        .contains("Call <EMAIL>");
  }

  @Test
  void a_question_that_was_not_perturbed_is_shown_as_it_is() throws Exception {
    assertThat(of("Is AKIAIOSFODNN7EXAMPLE My Key?", Perturbation.NONE))
        .contains("Is <AWS_ACCESS_KEY> My Key?");
  }
}
