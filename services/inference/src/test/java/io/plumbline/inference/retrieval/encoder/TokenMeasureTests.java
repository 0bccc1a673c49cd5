package io.plumbline.inference.retrieval.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.prompttemplate.tokens.TokenCounter;
import org.junit.jupiter.api.Test;

class TokenMeasureTests {

  @Test
  void a_known_tokenizer_needs_no_margin_and_any_other_a_tenth() {
    assertThat(measure("text-embedding-3-small").usableTokens(110)).isEqualTo(110);
    assertThat(measure("bge-m3").usableTokens(110)).isEqualTo(100);
  }

  @Test
  void a_text_is_cut_between_words_where_the_room_ends() {
    TokenMeasure measure = measure("text-embedding-3-small");

    assertThat(measure.tokens().applyAsInt("one two three")).isEqualTo(3);
    assertThat(measure.truncate("one two three", 3)).isEqualTo("one two three");
    assertThat(measure.truncate("one two three", 2)).isEqualTo("one two");
    assertThat(measure.truncate("", 2)).isEmpty();
    assertThat(measure.truncate("unabbreviated two", 0)).isEqualTo("unabbreviated");
  }

  private static TokenMeasure measure(String model) {
    return TokenMeasure.of(TokenCounter.of(model));
  }
}
