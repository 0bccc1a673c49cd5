package io.plumbline.inference.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.EncoderModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceRankingTests {

  private final List<String> read = new ArrayList<>();
  private final SentenceRanking ranking =
      new SentenceRanking((encoder, texts) -> {
        read.addAll(texts);
        return texts.stream().map(SentenceRankingTests::embedded).toList();
      });

  @Test
  void the_passage_whose_one_sentence_says_it_comes_before_those_that_are_about_it() {
    List<Passage> found =
        List.of(
            SamplePassages.of(1, "Shop", "Money", "Half of it. Half of it is here too."),
            SamplePassages.of(2, "Shop", "Terms", "None of it. All of it. None of it."));

    assertThat(best(found, 2))
        .extracting(Passage::number, Passage::passageId, Passage::score)
        .containsExactly(tuple(1, "id-2", 1.0), tuple(2, "id-1", 0.5));
  }

  @Test
  void no_more_than_are_wanted_are_taken_and_equal_ones_stay_as_they_were_found() {
    List<Passage> found =
        List.of(
            SamplePassages.of(1, "A", "", "Half of it."),
            SamplePassages.of(2, "B", "", "Half of it."),
            SamplePassages.of(3, "C", "", "All of it."));

    assertThat(best(found, 2)).extracting(Passage::passageId).containsExactly("id-3", "id-1");
  }

  @Test
  void a_passage_without_a_sentence_comes_last() {
    List<Passage> found =
        List.of(
            SamplePassages.of(1, "A", "", "# Nothing but a heading"),
            SamplePassages.of(2, "B", "", "None of it."));

    assertThat(best(found, 2))
        .extracting(Passage::passageId, Passage::score)
        .containsExactly(tuple("id-2", 0.0), tuple("id-1", -1.0));
  }

  @Test
  void where_nothing_was_found_nothing_is_embedded() {
    assertThat(best(List.of(), 5)).isEmpty();
    assertThat(read).isEmpty();
  }

  @Test
  void a_sentence_is_read_below_its_headings_and_the_question_as_its_encoder_wants_it() {
    List<Passage> found = List.of(SamplePassages.of(1, "Shop", "Terms", "All of it."));

    best(found, 1);
    ranking.bestPassages(EncoderModel.MINILM, "How much?", found, 1);

    assertThat(read.get(0)).endsWith(" How much?").startsWith("Represent this sentence");
    assertThat(read.get(1)).contains("Shop > Terms").endsWith("All of it.");
    assertThat(read.get(2)).isEqualTo("How much?");
  }

  private List<Passage> best(List<Passage> found, int count) {
    return ranking.bestPassages(EncoderModel.BGE_SMALL, "How much?", found, count);
  }

  /** Returns a vector that is as close to the question's as the text says. */
  private static Embedding embedded(String text) {
    float near = text.contains("None") ? 0 : text.contains("Half") ? 0.5f : 1;
    return new Embedding(new float[] {near, (float) Math.sqrt(1 - near * near)}, 1, false);
  }
}
