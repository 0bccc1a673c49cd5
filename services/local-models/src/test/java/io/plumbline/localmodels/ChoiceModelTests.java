package io.plumbline.localmodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoiceModelTests {

  private static final List<Embedding> OPTIONS = List.of(at(1, 0), at(0, 1));

  @Test
  void without_examples_the_descriptions_decide() {
    double[] scores = ChoiceModel.probabilities(at(0.8f, 0.6f), OPTIONS, List.of());
    assertThat(scores[0])
        .isCloseTo(1 / (1 + Math.exp(-0.2 / ChoiceModel.TEMPERATURE)), within(1e-6));
    assertThat(Arrays.stream(scores).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void near_examples_outvote_the_descriptions() {
    List<ChoiceModel.Example> examples =
        IntStream.range(0, 12).mapToObj(i -> new ChoiceModel.Example(at(0.8f, 0.6f), 1)).toList();
    double[] scores = ChoiceModel.probabilities(at(0.8f, 0.6f), OPTIONS, examples);
    assertThat(scores[1]).isGreaterThan(0.7);
    assertThat(Arrays.stream(scores).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void one_example_counts_less_than_many() {
    ChoiceModel.Example example = new ChoiceModel.Example(at(0.8f, 0.6f), 1);
    assertThat(ChoiceModel.probabilities(at(0.8f, 0.6f), OPTIONS, List.of(example))[1])
        .isLessThan(
            ChoiceModel.probabilities(at(0.8f, 0.6f), OPTIONS, List.of(example, example, example))[
                1]);
  }

  @Test
  void a_choice_without_options_is_no_choice() {
    assertThatThrownBy(() -> ChoiceModel.probabilities(at(1, 0), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_option_is_read_in_plain_words_with_its_description() {
    assertThat(new ChoiceOption("card_arrival", "asks where a card is").text())
        .isEqualTo("card arrival: asks where a card is");
    assertThat(new ChoiceOption("spam", null).text()).isEqualTo("spam");
  }

  private static Embedding at(float x, float y) {
    return new Embedding(new float[] {x, y}, 3, false);
  }
}
