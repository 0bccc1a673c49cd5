package io.plumbline.strategy.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.strategy.Approach;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTreeTests {

  private static Map<Question, String> answers(
      String gap, String specificity, String data, String resources) {
    return new EnumMap<>(
        Map.of(
            Question.PERFORMANCE_GAP,
            gap,
            Question.SPECIFICITY,
            specificity,
            Question.DATA_AVAILABILITY,
            data,
            Question.RESOURCES,
            resources));
  }

  /** Each line is a path of the tree; a star stands for a question that is not on the path. */
  @ParameterizedTest
  @CsvSource({
    "NONE,  *,           *,        *,        PROMPT_ENGINEERING",
    "SMALL, GENERAL,     *,        *,        PROMPT_ENGINEERING",
    "SMALL, KNOWLEDGE,   NONE,     *,        PROMPT_ENGINEERING",
    "SMALL, KNOWLEDGE,   LIMITED,  *,        RAG",
    "SMALL, KNOWLEDGE,   ABUNDANT, *,        RAG",
    "SMALL, SPECIALISED, NONE,     *,        PROMPT_ENGINEERING",
    "SMALL, SPECIALISED, LIMITED,  *,        RAG",
    "SMALL, SPECIALISED, ABUNDANT, *,        RAG",
    "LARGE, GENERAL,     NONE,     *,        PROMPT_ENGINEERING",
    "LARGE, GENERAL,     LIMITED,  *,        PROMPT_ENGINEERING",
    "LARGE, GENERAL,     ABUNDANT, LIMITED,  PROMPT_ENGINEERING",
    "LARGE, GENERAL,     ABUNDANT, MODERATE, FINE_TUNING",
    "LARGE, GENERAL,     ABUNDANT, AMPLE,    FINE_TUNING",
    "LARGE, KNOWLEDGE,   NONE,     *,        PROMPT_ENGINEERING",
    "LARGE, KNOWLEDGE,   LIMITED,  *,        RAG",
    "LARGE, KNOWLEDGE,   ABUNDANT, LIMITED,  RAG",
    "LARGE, KNOWLEDGE,   ABUNDANT, MODERATE, RAG",
    "LARGE, KNOWLEDGE,   ABUNDANT, AMPLE,    HYBRID",
    "LARGE, SPECIALISED, NONE,     *,        PROMPT_ENGINEERING",
    "LARGE, SPECIALISED, LIMITED,  *,        RAG",
    "LARGE, SPECIALISED, ABUNDANT, LIMITED,  RAG",
    "LARGE, SPECIALISED, ABUNDANT, MODERATE, FINE_TUNING",
    "LARGE, SPECIALISED, ABUNDANT, AMPLE,    HYBRID"
  })
  void every_path_leads_where_it_should_and_has_no_other_question(
      String gap, String specificity, String data, String resources, Approach expected) {
    List<String> given = List.of(gap, specificity, data, resources);
    for (Map<Question, String> answers : expand(given)) {
      Diagnosis diagnosis = DecisionTree.diagnose(answers);
      assertThat(diagnosis.approach()).as("%s", answers).isEqualTo(expected);
      assertThat(diagnosis.path())
          .extracting(Diagnosis.Step::answer)
          .containsExactlyElementsOf(given.stream().filter(each -> !each.equals("*")).toList());
    }
  }

  @Test
  void all_paths_are_in_the_table() {
    Set<String> paths = new TreeSet<>();
    expand(List.of("*", "*", "*", "*"))
        .forEach(answers -> paths.add(DecisionTree.diagnose(answers).path().toString()));
    assertThat(paths).hasSize(23);
  }

  @Test
  void a_flip_changes_one_answer_and_the_smallest_comes_first() {
    for (Map<Question, String> answers : expand(List.of("*", "*", "*", "*"))) {
      List<Diagnosis.Flip> flips = DecisionTree.decisiveAnswerChanges(answers);
      assertThat(flips).extracting(Diagnosis.Flip::steps).isSorted();
      for (Diagnosis.Flip flip : flips) {
        Map<Question, String> changed = new EnumMap<>(answers);
        changed.put(flip.question(), flip.to());
        assertThat(flip.from()).isEqualTo(answers.get(flip.question()));
        assertThat(DecisionTree.diagnose(changed).approach())
            .isEqualTo(flip.approach())
            .isNotEqualTo(DecisionTree.diagnose(answers).approach());
      }
    }
  }

  @Test
  void the_smallest_flip_is_named() {
    assertThat(
            DecisionTree.decisiveAnswerChanges(
                    answers("LARGE", "SPECIALISED", "ABUNDANT", "LIMITED"))
                .getFirst())
        .isEqualTo(
            new Diagnosis.Flip(Question.RESOURCES, "LIMITED", "MODERATE", Approach.FINE_TUNING, 1));
  }

  private static List<Map<Question, String>> expand(List<String> given) {
    List<Map<Question, String>> all =
        new ArrayList<>(List.of(new EnumMap<Question, String>(Question.class)));
    Iterator<String> answersLeft = given.iterator();
    for (Question question : Question.values()) {
      String answer = answersLeft.next();
      List<Map<Question, String>> next = new ArrayList<>();
      for (Map<Question, String> partial : all) {
        for (String each : answer.equals("*") ? question.answers() : List.of(answer)) {
          Map<Question, String> more = new EnumMap<>(partial);
          more.put(question, each);
          next.add(more);
        }
      }
      all = next;
    }
    return all;
  }
}
