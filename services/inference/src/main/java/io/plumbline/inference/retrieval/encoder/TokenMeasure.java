package io.plumbline.inference.retrieval.encoder;

import io.plumbline.inference.retrieval.chunk.Chunker;
import io.plumbline.inference.retrieval.chunk.Chunking;
import io.plumbline.inference.retrieval.chunk.Words;
import io.plumbline.prompttemplate.tokens.TokenCounter;
import java.util.function.ToIntFunction;

/**
 * The way in which the tokens of an encoder's texts are counted.
 *
 * @param tokens counts the tokens of a text, word by word
 * @param margin the percentage of tokens that the encoder may count beyond these. It is subtracted
 *     from the room: added to each part of a text, which has few tokens, it would be rounded up
 *     every time
 */
public record TokenMeasure(ToIntFunction<String> tokens, int margin) {

  static TokenMeasure of(TokenCounter counter) {
    ToIntFunction<String> word =
        text -> Math.toIntExact(counter.countText(text, Integer.MAX_VALUE));
    return new TokenMeasure(
        text -> Words.of(text, word).tokenCount(),
        counter.hasPublishedTokenizer() ? 0 : TokenCounter.MARGIN_PERCENT);
  }

  /** Returns how many tokens of this measure surely fit into a number of the encoder's tokens. */
  public int usableTokens(int most) {
    return most * 100 / (100 + margin);
  }

  public Chunker chunker(Chunking chunking) {
    return new Chunker(
        new Chunking(usableTokens(chunking.maxTokens()), usableTokens(chunking.overlapTokens())),
        tokens);
  }

  /**
   * Returns the beginning of a text that has at most a number of the encoder's tokens. It has the
   * first word in any case, because providers refuse empty texts.
   */
  String truncate(String text, int most) {
    Words words = Words.of(text, tokens);
    return words.firstWords(text, Math.max(usableTokens(most), words.firstWordTokenCount()));
  }
}
