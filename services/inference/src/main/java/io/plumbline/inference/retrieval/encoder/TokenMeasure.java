package io.plumbline.inference.retrieval.encoder;

import io.plumbline.inference.retrieval.chunk.Chunker;
import io.plumbline.inference.retrieval.chunk.Chunking;
import io.plumbline.inference.retrieval.chunk.Words;
import io.plumbline.prompttemplate.tokens.TokenCounter;
import java.util.function.ToIntFunction;

/**
 * How the tokens of an encoder's texts are counted.
 *
 * @param tokens of a text, word by word
 * @param margin percent of tokens that the encoder may count beyond these: it is taken from the
 *     room, since a part of a text is a few tokens, of which each percentage would be one more
 */
public record TokenMeasure(ToIntFunction<String> tokens, int margin) {

  static TokenMeasure of(TokenCounter counter) {
    ToIntFunction<String> word = text -> Math.toIntExact(counter.text(text, Integer.MAX_VALUE));
    return new TokenMeasure(
        text -> Words.of(text, word).tokens(),
        counter.published() ? 0 : TokenCounter.MARGIN_PERCENT);
  }

  /** How many are taken for so many of the encoder's. */
  public int room(int most) {
    return most * 100 / (100 + margin);
  }

  public Chunker chunker(Chunking chunking) {
    return new Chunker(
        new Chunking(room(chunking.maxTokens()), room(chunking.overlapTokens())), tokens);
  }

  /**
   * The beginning of a text that the encoder reads with so many of its tokens; its first word in
   * any case, since providers refuse empty texts.
   */
  String beginning(String text, int most) {
    Words words = Words.of(text, tokens);
    return words.beginning(text, Math.max(room(most), words.tokensOfFirst()));
  }
}
