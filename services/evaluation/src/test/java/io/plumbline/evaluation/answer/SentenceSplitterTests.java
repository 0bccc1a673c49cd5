package io.plumbline.evaluation.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SentenceSplitterTests {

  @Test
  void marks_of_citation_are_no_part_of_sentences() {
    assertThat(SentenceSplitter.firstSentences("It takes 14 days [1]  [2]. Ask\t[3] us[4].[5]", 9))
        .containsExactly("It takes 14 days.", "Ask us.");
    assertThat(SentenceSplitter.firstSentences("[1] One. Two.", 1)).containsExactly("One.");
  }

  @Test
  void marks_of_lists_are_no_part_of_sentences() {
    assertThat(SentenceSplitter.firstSentences("* One.\n  2) Two.\n-3 is cold.\n1.5 m", 9))
        .containsExactly("One.", "Two.", "-3 is cold.", "1.5 m");
  }

  /** An earlier pattern took time that grew with the square of their number. */
  @Test
  void an_answer_of_white_space_takes_no_time() {
    String answer = "a" + " ".repeat(99_000) + "b";

    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> assertThat(SentenceSplitter.firstSentences(answer, 2)).containsExactly(answer));
  }
}
