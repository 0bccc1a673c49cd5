package io.plumbline.localmodels.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.Encoder;
import io.plumbline.localmodels.EncoderModel;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExtractReaderTests {

  private static final List<NumberedPassage> HANDBOOK =
      List.of(
          new NumberedPassage(
              1,
              "Travel > Hotels",
              "Book hotels in the travel portal. Breakfast is paid up to 15 euros a day."),
          new NumberedPassage(
              2,
              "Holidays > Carrying over",
              "Up to five days of leave are carried over. They expire on the last day of March."),
          new NumberedPassage(
              3,
              "Laptops",
              "Every new colleague gets a laptop. A broken one is replaced within two days."));

  private static Encoder encoder;

  @BeforeAll
  static void open() {
    encoder = Encoder.open(EncoderModel.BGE_SMALL, 2);
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  @Test
  void the_nearest_sentence_is_quoted_with_the_number_of_its_passage() {
    ExtractiveAnswer answer = ask("When do unused days of leave expire?", HANDBOOK);
    assertThat(answer.content()).isEqualTo("They expire on the last day of March. [2]");
    assertThat(answer.confidence()).isGreaterThan(0.6);
  }

  @Test
  void a_foreign_question_has_little_confidence() {
    double own = ask("How soon is a broken laptop replaced?", HANDBOOK).confidence();
    double foreign = ask("Who won the football match?", HANDBOOK).confidence();
    assertThat(own).isGreaterThan(0.8);
    assertThat(foreign).isLessThan(0.2);
  }

  @Test
  void near_sentences_are_quoted_together_in_the_order_of_the_passages() {
    ExtractReader reader =
        ExtractReader.of(
            List.of(passage(1, "One. Two."), passage(2, "Three. Four."), passage(3, "Five.")));
    ExtractiveAnswer answer =
        reader.answer(
            at(1), IntStream.of(90, 10, 100, 99, 100).mapToObj(ExtractReaderTests::at).toList());
    assertThat(answer.content()).isEqualTo("Three. [2]\n\nFour. [2]\n\nFive. [3]");
  }

  @Test
  void the_same_sentence_of_two_passages_is_quoted_once() {
    ExtractReader reader =
        ExtractReader.of(List.of(passage(1, "Type: String."), passage(2, "Type: String.")));
    assertThat(reader.answer(at(1), List.of(at(100), at(100))).content())
        .isEqualTo("Type: String. [1]");
  }

  @Test
  void a_quote_cites_no_passage_but_its_own() {
    ExtractReader reader =
        ExtractReader.of(
            List.of(
                passage(1, "Water boils at 100 degrees.[2] Ice[17] melts.\n\n```\nargs[2]\n```"),
                passage(2, "Other.")));
    assertThat(reader.sentences()).extracting(Sentence::text).doesNotContain("```\nargs[2]\n```");
    assertThat(reader.answer(at(1), List.of(at(100), at(100), at(5))).content())
        .isEqualTo("Water boils at 100 degrees.(2) [1]\n\nIce[17] melts. [1]");
  }

  @Test
  void code_is_cited_below_its_fence() {
    ExtractReader reader = ExtractReader.of(List.of(passage(7, "```\nnpm ci\n```")));
    assertThat(reader.answer(at(1), List.of(at(100))).content()).isEqualTo("```\nnpm ci\n```\n[7]");
  }

  @Test
  void links_are_quoted_only_where_there_is_nothing_else() {
    NumberedPassage links = passage(1, "* [npm ci](/commands/npm-ci)");
    assertThat(ExtractReader.of(List.of(links, passage(2, "Words."))).sentences())
        .extracting(Sentence::text)
        .containsExactly("Words.");
    assertThat(ExtractReader.of(List.of(links)).sentences())
        .extracting(Sentence::text)
        .containsExactly("[npm ci](/commands/npm-ci)");
  }

  @Test
  void confidence_grows_with_similarity() {
    assertThat(ExtractReader.confidence(ExtractReader.MIDDLE)).isCloseTo(0.5, within(1e-12));
    assertThat(ExtractReader.confidence(0.9)).isGreaterThan(ExtractReader.confidence(0.8));
    assertThat(ExtractReader.confidence(-1)).isBetween(0.0, 1e-6);
    assertThat(ExtractReader.confidence(1)).isBetween(0.99, 1.0);
  }

  @Test
  void more_passages_than_are_read_are_cut() {
    List<NumberedPassage> many =
        IntStream.rangeClosed(1, 21).mapToObj(i -> passage(i, "Sentence " + i + ".")).toList();
    assertThat(ExtractReader.of(many).sentences()).hasSize(20);
    assertThat(ExtractReader.of(many).isTruncated()).isTrue();
    assertThat(ExtractReader.of(many.subList(0, 20)).isTruncated()).isFalse();
  }

  @Test
  void passages_without_a_sentence_answer_nothing() {
    ExtractReader reader = ExtractReader.of(List.of(passage(1, "## Heading\n\n---\n")));
    assertThat(reader.sentences()).isEmpty();
    assertThatThrownBy(() -> reader.answer(at(1), List.of()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void the_digest_is_that_of_weights_and_token_limit() {
    assertThat(ExtractReader.digest(encoder.digest(), 512))
        .isEqualTo(ExtractReader.digest(EncoderModel.BGE_SMALL.digest(), 512))
        .isNotEqualTo(ExtractReader.digest(encoder.digest(), 256))
        .isNotEqualTo(ExtractReader.digest(EncoderModel.MINILM.digest(), 512));
  }

  private static ExtractiveAnswer ask(String question, List<NumberedPassage> passages) {
    ExtractReader reader = ExtractReader.of(passages);
    return reader.answer(
        encoder.encode(List.of(ExtractReader.questionToEmbed(question))).getFirst(),
        encoder.encode(reader.sentences().stream().map(Sentence::withHeading).toList()));
  }

  private static NumberedPassage passage(int number, String text) {
    return new NumberedPassage(number, "", text);
  }

  /** Returns an embedding whose cosine with {@code at(1)} is the given number of hundredths. */
  private static Embedding at(int hundredths) {
    return hundredths == 1
        ? new Embedding(new float[] {1}, 3, false)
        : new Embedding(new float[] {hundredths / 100f}, 3, false);
  }
}
