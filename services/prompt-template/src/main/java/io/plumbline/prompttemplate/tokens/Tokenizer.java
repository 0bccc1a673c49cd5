package io.plumbline.prompttemplate.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.regex.Pattern;

/**
 * Cuts texts into tokens as OpenAI's models do. For other providers, whose tokenizers are not
 * published or differ for each model, it is an estimate.
 *
 * @param published whether the model is known to cut texts like this
 */
record Tokenizer(EncodingType encoding, boolean published) {

  /** The encodings, which read their vocabularies when first needed, since each takes megabytes. */
  private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

  /** The characters that are cut at once: long texts would take memory for each of their bytes. */
  private static final int SLICE_LENGTH = 8_192;

  /** The number of characters before a slice's end in which a boundary of words is searched. */
  private static final int BOUNDARY_SEARCH = 512;

  /**
   * The models of this encoding, as <a
   * href="https://github.com/openai/tiktoken/blob/main/tiktoken/model.py">tiktoken</a> lists them.
   * Some gateways put the provider's name before the model's.
   */
  private static final Pattern O200K =
      Pattern.compile(
          "(openai/)?(ft:)?(gpt-4o|gpt-4\\.[15]|gpt-5|chatgpt-4o|gpt-oss|o1|o3|o4)([-.:].*)?");

  private static final Pattern CL100K =
      Pattern.compile(
          "(openai/)?(ft:)?(gpt-4|gpt-3\\.5-turbo|gpt-35-turbo|text-embedding-(ada-002|3-small|3-large))"
              + "([-:].*)?");

  static Tokenizer of(String model) {
    if (CL100K.matcher(model).matches()) {
      return new Tokenizer(EncodingType.CL100K_BASE, true);
    }
    return new Tokenizer(EncodingType.O200K_BASE, O200K.matcher(model).matches());
  }

  /**
   * Counts the tokens of a text. Special tokens in it are text like any other, as they are to the
   * providers.
   *
   * @param limit the number of tokens from which on nothing more is counted: a text of megabytes
   *     takes no longer than one that just exceeds it
   */
  long count(String text, long limit) {
    Encoding cutter = ENCODINGS.getEncoding(encoding);
    long tokens = 0;
    int from = 0;
    while (from < text.length() && tokens <= limit) {
      int to = sliceEnd(text, from);
      tokens += cutter.countTokensOrdinary(text.substring(from, to));
      from = to;
    }
    return tokens;
  }

  /**
   * Returns the end of a slice: between two words, where no token reaches across, or without such a
   * place nearby between two symbols.
   */
  private static int sliceEnd(String text, int from) {
    int end = from + SLICE_LENGTH;
    if (end >= text.length()) {
      return text.length();
    }
    for (int i = end - 1; i > end - BOUNDARY_SEARCH; i--) {
      if (text.charAt(i) == ' '
          && Character.isLetter(text.charAt(i - 1))
          && Character.isLetter(text.charAt(i + 1))) {
        return i;
      }
    }
    if (Character.isLowSurrogate(text.charAt(end))) {
      return end - 1;
    }
    return end;
  }
}
