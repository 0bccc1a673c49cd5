package io.plumbline.prompttemplate.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTests {

  /**
   * The cases are from OpenAI's cookbook, How to count tokens with tiktoken (sections 3 and 5), and
   * from tiktoken's own tests (tests/test_encoding.py).
   */
  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "tiktoken is great!,6",
        "antidisestablishmentarianism,6",
        "2 + 2 = 4,7",
        "お誕生日おめでとう,9",
        "hello world,2",
        "rer,1",
        "👍,3"
      })
  void texts_are_cut_as_tiktoken_cuts_them_for_gpt_4(String text, long tokens) {
    assertThat(Tokenizer.of("gpt-4").count(text, 1_000)).isEqualTo(tokens);
  }

  /** The cases are from tiktoken's own tests (tests/test_encoding.py). */
  @Test
  void white_space_is_cut_as_tiktoken_cuts_it() {
    Tokenizer tokenizer = Tokenizer.of("gpt-4");

    assertThat(tokenizer.count("today\n ", 1_000)).isEqualTo(3);
    assertThat(tokenizer.count("today\n \n", 1_000)).isEqualTo(2);
    assertThat(tokenizer.count("today\n  \n", 1_000)).isEqualTo(2);
    assertThat(tokenizer.count(" \u00850", 1_000)).isEqualTo(4);
  }

  /** The cases are from OpenAI's cookbook, section 5. */
  @ParameterizedTest
  @CsvSource({"antidisestablishmentarianism,6", "2 + 2 = 4,7", "お誕生日おめでとう,8"})
  void texts_are_cut_as_tiktoken_cuts_them_for_gpt_4o(String text, long tokens) {
    assertThat(Tokenizer.of("gpt-4o").count(text, 1_000)).isEqualTo(tokens);
  }

  /** The models are those that tiktoken lists (tiktoken/model.py). */
  @Test
  void openais_embedding_models_cut_as_gpt_4_does() {
    for (String model :
        new String[] {
          "text-embedding-3-small", "text-embedding-3-large", "openai/text-embedding-ada-002"
        }) {
      assertThat(Tokenizer.of(model)).isEqualTo(Tokenizer.of("gpt-4"));
    }
    assertThat(Tokenizer.of("text-embedding-004").published()).isFalse();
  }

  @Test
  void special_tokens_are_text() {
    assertThat(Tokenizer.of("gpt-4").count("<|endoftext|>", 1_000)).isGreaterThan(1);
  }

  @Test
  void long_texts_are_cut_between_words() {
    String word = "wonderful weather today ";
    Tokenizer tokenizer = Tokenizer.of("gpt-4o");
    long few = tokenizer.count(word.repeat(100), Long.MAX_VALUE);

    long many = tokenizer.count(word.repeat(10_000), Long.MAX_VALUE);

    // A repetition has three tokens: no slice adds one.
    assertThat(many - few).isEqualTo(9_900 * 3);
  }
}
