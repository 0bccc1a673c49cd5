package io.plumbline.localmodels;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The uncased BERT tokenizer (Devlin et al. 2019; greedy longest match of Wu et al. 2016), reading
 * the vocabulary of a {@code tokenizer.json}. It is our own code, because the reference
 * implementation is a native library; a test compares the two. Unlike the reference, it reads
 * {@code [SEP]} and the like in a text as text: an input cannot place control tokens.
 */
final class WordPiece {

  private static final int MAX_WORD_LENGTH = 100;

  private final Map<String, Integer> vocabulary;
  private final int unknown;
  private final int start;
  private final int end;

  private WordPiece(Map<String, Integer> vocabulary) {
    this.vocabulary = vocabulary;
    this.unknown = idOfSpecial("[UNK]");
    this.start = idOfSpecial("[CLS]");
    this.end = idOfSpecial("[SEP]");
  }

  static WordPiece read(byte[] tokenizerJson) {
    Map<String, Integer> vocabulary = HashMap.newHashMap(31_000);
    try (JsonParser parser =
        new JsonFactory().createParser(ObjectReadContext.empty(), tokenizerJson)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.PROPERTY_NAME
            && parser.currentName().equals("vocab")) {
          parser.nextToken();
          while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String piece = parser.currentName();
            parser.nextToken();
            vocabulary.put(piece, parser.getIntValue());
          }
        }
      }
    }
    return new WordPiece(vocabulary);
  }

  /**
   * Divides a text into the tokens of the vocabulary.
   *
   * @param maxTokens the limit, markers included; reading stops there, so a text of any length
   *     costs no more than what is read of it
   */
  TokenizedText tokenize(String text, int maxTokens) {
    int[] ids = new int[maxTokens];
    ids[0] = start;
    int count = 1;
    Words words = new Words(text);
    for (String word = words.next(); word != null; word = words.next()) {
      int[] pieces = pieces(word);
      int room = maxTokens - 1 - count;
      System.arraycopy(pieces, 0, ids, count, Math.min(pieces.length, room));
      if (pieces.length > room) {
        ids[maxTokens - 1] = end;
        return new TokenizedText(ids, true);
      }
      count += pieces.length;
    }
    ids[count++] = end;
    return new TokenizedText(Arrays.copyOf(ids, count), false);
  }

  private int[] pieces(String word) {
    Integer whole = vocabulary.get(word);
    if (whole != null) {
      return new int[] {whole};
    }
    if (word.codePointCount(0, word.length()) > MAX_WORD_LENGTH) {
      return new int[] {unknown};
    }
    int[] pieces = new int[word.length()];
    int count = 0;
    int from = 0;
    while (from < word.length()) {
      int to = word.length();
      Integer piece = null;
      while (to > from && piece == null) {
        String candidate = word.substring(from, to);
        piece = vocabulary.get(from == 0 ? candidate : "##" + candidate);
        if (piece == null) {
          to--;
        }
      }
      if (piece == null) {
        return new int[] {unknown};
      }
      pieces[count++] = piece;
      from = to;
    }
    return Arrays.copyOf(pieces, count);
  }

  private int idOfSpecial(String token) {
    Integer id = vocabulary.get(token);
    if (id == null) {
      throw new IllegalArgumentException("The vocabulary lacks the token " + token);
    }
    return id;
  }

  /**
   * The words of a text, one by one: cleaned, lower-cased and without accents. Punctuation marks
   * and CJK characters are words of their own.
   */
  private static final class Words {

    /** The characters that are decomposed at a time. */
    private static final int PIECE = 256;

    private final String text;
    private int at;

    Words(String text) {
      this.text = text;
    }

    @Nullable String next() {
      StringBuilder word = new StringBuilder();
      while (at < text.length()) {
        int c = text.codePointAt(at);
        int width = Character.charCount(c);
        if (isControl(c)) {
          at += width;
        } else if (isSpace(c)) {
          at += width;
          if (!word.isEmpty()) {
            return normalised(word);
          }
        } else if (isPunctuation(c) || isCjk(c)) {
          if (word.isEmpty()) {
            at += width;
            return word.appendCodePoint(c).toString();
          }
          return normalised(word);
        } else {
          word.appendCodePoint(c);
          at += width;
        }
      }
      return word.isEmpty() ? null : normalised(word);
    }

    private String normalised(StringBuilder word) {
      for (int i = 0; i < word.length(); i++) {
        if (word.charAt(i) >= 0x80) {
          return unaccented(word);
        }
      }
      return word.toString().toLowerCase(Locale.ROOT);
    }

    private static String unaccented(StringBuilder word) {
      StringBuilder result = new StringBuilder(word.length());
      // Sorting the marks of a letter takes quadratic time. They are dropped, so that those of a
      // piece can be sorted alone.
      for (int from = 0; from < word.length(); ) {
        int pieceEnd = Math.min(word.length(), from + PIECE);
        int to = Character.isHighSurrogate(word.charAt(pieceEnd - 1)) ? pieceEnd - 1 : pieceEnd;
        Normalizer.normalize(word.subSequence(from, Math.max(to, from + 1)), Normalizer.Form.NFD)
            .codePoints()
            .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
            .forEach(result::appendCodePoint);
        from = Math.max(to, from + 1);
      }
      return result.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isControl(int c) {
      if (c == '\t' || c == '\n' || c == '\r') {
        return false;
      }
      int type = Character.getType(c);
      return c == 0
          || c == 0xFFFD
          || type == Character.CONTROL
          || type == Character.FORMAT
          || type == Character.PRIVATE_USE
          || type == Character.SURROGATE
          || type == Character.UNASSIGNED;
    }

    private static boolean isSpace(int c) {
      return c == '\t' || c == '\n' || c == '\r' || c == 0x85 || Character.isSpaceChar(c);
    }

    private static boolean isPunctuation(int c) {
      return (c >= 33 && c <= 47)
          || (c >= 58 && c <= 64)
          || (c >= 91 && c <= 96)
          || (c >= 123 && c <= 126)
          || switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                Character.DASH_PUNCTUATION,
                Character.START_PUNCTUATION,
                Character.END_PUNCTUATION,
                Character.INITIAL_QUOTE_PUNCTUATION,
                Character.FINAL_QUOTE_PUNCTUATION,
                Character.OTHER_PUNCTUATION ->
                true;
            default -> false;
          };
    }

    private static boolean isCjk(int c) {
      return (c >= 0x4E00 && c <= 0x9FFF)
          || (c >= 0x3400 && c <= 0x4DBF)
          || (c >= 0x20000 && c <= 0x2A6DF)
          || (c >= 0x2A700 && c <= 0x2B73F)
          || (c >= 0x2B740 && c <= 0x2B81F)
          || (c >= 0x2B920 && c <= 0x2CEAF)
          || (c >= 0xF900 && c <= 0xFAFF)
          || (c >= 0x2F800 && c <= 0x2FA1F);
    }
  }
}
