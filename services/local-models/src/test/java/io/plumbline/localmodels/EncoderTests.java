package io.plumbline.localmodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncoderTests {

  private static Encoder encoder;

  @BeforeAll
  static void open() {
    encoder = Encoder.open(EncoderModel.MINILM, 2);
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  @ParameterizedTest
  @EnumSource
  void puts_like_near_like(EncoderModel model) {
    try (Encoder opened = Encoder.open(model, 1)) {
      List<Embedding> found =
          opened.encode(
              List.of(
                  "A cat sat on the mat.",
                  "A kitten rested on the rug.",
                  "Interest rates rose again."));
      assertThat(found.get(0).cosine(found.get(1)))
          .isGreaterThan(found.get(0).cosine(found.get(2)) + 0.2);
      assertThat(found.get(0).cosine(found.get(0))).isCloseTo(1, within(1e-5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void gives_atext_the_same_bits_whatever_is_embedded_beside_it(EncoderModel model) {
    List<String> texts =
        new ArrayList<>(
            IntStream.range(0, 40)
                .mapToObj(i -> "text number " + i + " and more ".repeat(i))
                .toList());
    try (Encoder opened = Encoder.open(model, 2)) {
      float[][] together = opened.embed(texts);
      for (int i = 0; i < texts.size(); i += 7) {
        assertThat(together[i]).isEqualTo(opened.embed(List.of(texts.get(i)))[0]);
      }
    }
  }

  @Test
  void counts_tokens_and_says_what_it_did_not_read() {
    assertThat(encoder.encode(List.of("one two three four"), 5).getFirst())
        .satisfies(embedding -> {
          assertThat(embedding.tokens()).isEqualTo(5);
          assertThat(embedding.truncated()).isTrue();
        });
    assertThat(encoder.countTokens("one two three four")).isEqualTo(6);
  }

  @Test
  void finds_the_weights_that_something_was_made_with() {
    EncoderModel current = EncoderModel.MINILM;
    EncoderModel earlier = EncoderModel.MINILM_8_BIT;
    assertThat(EncoderModel.of(current.id())).contains(current);
    assertThat(EncoderModel.of(current.id(), current.digest())).contains(current);
    assertThat(EncoderModel.of(current.id(), earlier.digest())).contains(earlier);
    assertThat(EncoderModel.findQuantised(current.id())).contains(earlier);
    assertThat(EncoderModel.of(current.id(), EncoderModel.BGE_SMALL.digest())).isEmpty();
  }

  @Test
  void a_choice_models_digest_needs_no_open_encoder() {
    assertThat(ChoiceModel.digest(EncoderModel.MINILM.digest(), encoder.maxTokens()))
        .isEqualTo(ChoiceModel.digest(encoder));
  }

  @Test
  void an_empty_text_has_aplace_too() {
    assertThat(encoder.encode(List.of("")).getFirst().tokens()).isEqualTo(2);
  }

  @Test
  void a_models_digest_changes_with_its_token_limit() {
    try (Encoder shorter = Encoder.open(EncoderModel.MINILM, 1, 128)) {
      assertThat(shorter.digest()).isEqualTo(encoder.digest());
      assertThat(ChoiceModel.digest(shorter)).isNotEqualTo(ChoiceModel.digest(encoder));
    }
  }
}
