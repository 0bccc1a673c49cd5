package io.plumbline.localmodels;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordPieceTests {

  private static WordPiece own;
  private static HuggingFaceTokenizer reference;

  @BeforeAll
  static void load() throws IOException {
    try (InputStream vocabulary = vocabulary()) {
      own = WordPiece.read(vocabulary.readAllBytes());
    }
    try (InputStream vocabulary = vocabulary()) {
      reference = HuggingFaceTokenizer.newInstance(vocabulary, null);
    }
  }

  @AfterAll
  static void close() {
    reference.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Hello, World!",
        "Why isn't my top-up showing?",
        "naïve café Ångström ÉCOLE",
        "日本語 and 中文 mixed",
        "Received: from mail.example.com (127.0.0.1) by x@y.zz; Mon, 26 Aug 2002",
        "a\u0000b\u200Bc\uFFFDd",
        "tab\tnew\nline\r\nend",
        "“quoted” — dashed…",
        "antidisestablishmentarianism supercalifragilisticexpialidocious",
        "😀 emoji 👩‍👩‍👧",
        "İstanbul ǅ ﬁ",
        "$100 >= 5% ^_^ ~`|",
        "\u0301combining first",
        "한국어 텍스트",
        "हिन्दी",
        "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
      })
  void reads_text_as_the_reference_does(String text) {
    assertThat(Arrays.stream(own.tokenize(text, 512).ids()).asLongStream().toArray())
        .isEqualTo(reference.encode(text).getIds());
  }

  @Test
  void takes_control_tokens_in_atext_for_text() {
    assertThat(own.tokenize("a [SEP] b", 512).ids())
        .hasSize(7)
        .startsWith(101, 1037)
        .endsWith(1038, 102);
  }

  @Test
  void stops_at_the_limit_and_says_so() {
    assertThat(own.tokenize("one two three four", 5))
        .satisfies(tokenizedText -> {
          assertThat(tokenizedText.ids()).containsExactly(101, 2028, 2048, 2093, 102);
          assertThat(tokenizedText.truncated()).isTrue();
        });
  }

  @Test
  void a_text_that_just_fits_is_not_truncated() {
    assertThat(own.tokenize("one two three", 5).truncated()).isFalse();
  }

  private static InputStream vocabulary() {
    return Objects.requireNonNull(
        WordPiece.class.getResourceAsStream(EncoderModel.BGE_SMALL.vocabularyResource()));
  }
}
