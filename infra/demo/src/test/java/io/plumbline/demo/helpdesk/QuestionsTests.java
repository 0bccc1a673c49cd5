package io.plumbline.demo.helpdesk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.step.DemoSize;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class QuestionsTests {

  private static final List<ObjectNode> QUESTIONS = Questions.all();

  /**
   * Checks the numbers of questions: a threshold is chosen by a hundred that have no answer, and
   * judged by half as many again.
   */
  @Test
  void there_are_enough_of_both_kinds_in_both_subsets() {
    assertThat(count("test", true)).isEqualTo(254);
    assertThat(count("test", false)).isEqualTo(155);
    assertThat(count("validation", true)).isEqualTo(164);
    assertThat(count("validation", false)).isEqualTo(104);
    assertThat(QUESTIONS).hasSize(254 + 155 + 164 + 104);
  }

  /** Checks that the small demo has questions of both kinds to choose and to judge by. */
  @Test
  void the_small_demo_asks_about_its_pages_and_what_no_page_answers() {
    List<ObjectNode> small = Questions.of(DemoSize.SMALL);

    assertThat(small)
        .hasSize(168 + 155 + 109 + 104)
        .allMatch(each ->
            each.path("passages")
                .valueStream()
                .allMatch(
                    passage -> passage.path("documentId").asString("").startsWith("commands/")));
    assertThat(Questions.of(DemoSize.FULL)).isEqualTo(QUESTIONS);
  }

  /**
   * Checks the share of frequent questions, without which the prompt with them could not compete.
   */
  @Test
  void frequent_questions_are_at_least_15_percent_of_both_subsets() {
    for (String subset : List.of("validation", "test")) {
      long all = count(subset, true) + count(subset, false);
      long frequent =
          QUESTIONS.stream()
              .filter(each -> each.path("subset").asString().equals(subset))
              .filter(each -> each.path("frequent").asBoolean(false))
              .count();
      assertThat((double) frequent / all).as(subset).isGreaterThanOrEqualTo(0.15);
    }
  }

  /**
   * Checks that many of them are about npm: others would be easy to distinguish from those that the
   * pages answer.
   */
  @Test
  void half_of_the_test_questions_without_an_answer_are_near_misses() {
    List<ObjectNode> near =
        QUESTIONS.stream().filter(each -> each.path("near").asBoolean(false)).toList();

    assertThat(near)
        .hasSize(81)
        .allMatch(each -> each.path("answers").isEmpty())
        .allMatch(each -> each.path("subset").asString().equals("test"));
  }

  @Test
  void no_question_is_asked_twice() {
    assertThat(QUESTIONS)
        .extracting(each -> each.path("question").asString())
        .allMatch(question -> !question.isBlank())
        .doesNotHaveDuplicates();
  }

  @Test
  void an_answer_says_where_it_stands_and_what_has_none_stands_nowhere() {
    assertThat(QUESTIONS)
        .allMatch(each -> each.path("answers").isEmpty() == each.path("passages").isEmpty())
        .allMatch(each ->
            each.path("passages")
                .valueStream()
                .allMatch(passage -> passage.path("documentId").asString("").endsWith(".md")));
  }

  @Test
  void a_line_of_the_upload_has_what_is_expected_in_its_place() {
    String first = new String(Questions.jsonLines(QUESTIONS.subList(0, 1)), UTF_8);

    assertThat(first)
        .isEqualTo(
            """
            {"question":"Is it possible to make an unscoped package private with npm access?",\
            "expected":{"answers":["no, unscoped packages are always public",\
            "Unscoped packages are *always public*."],\
            "passages":[{"documentId":"commands/npm-access.md","section":"Details"}]},\
            "subset":"test"}
            """);
  }

  private static long count(String subset, boolean answered) {
    return QUESTIONS.stream()
        .filter(each -> each.path("subset").asString().equals(subset))
        .filter(each -> each.path("answers").isEmpty() != answered)
        .count();
  }
}
