package io.plumbline.platform.similarity;

import io.plumbline.contracts.Digest;
import java.lang.Character.UnicodeScript;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The canonical form of a text, by which contents are compared everywhere: texts that look the same
 * are the same. Two texts are equal after normalisation when their canonical forms are equal.
 *
 * <ol>
 *   <li>Invisible characters are removed: format characters and those that are ignorable by default
 *       (zero-width spaces and joiners, soft hyphens, variation selectors, marks of direction; UAX
 *       #44, {@code Default_Ignorable_Code_Point}). They end no word.
 *   <li>Compatibility characters become what they stand for, such as full-width letters (UAX #15,
 *       NFKC), and case is folded. With the first step this is {@code NFKC_Casefold} of the Unicode
 *       Standard, section 3.13, except for a few letters whose folding depends on the language.
 *   <li>Everything but letters, digits and their marks becomes one space. Pictographs are words of
 *       their own.
 *   <li>A character of a script that is written without spaces is a word of its own too, so that
 *       spaces make no difference there. This is decided by script, since the words that {@link
 *       java.text.BreakIterator} finds change with the JDK.
 * </ol>
 *
 * <p>As in UTS #39, the form is for comparison, and is never shown.
 */
public record NormalText(String value) {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /**
   * A key of a normal text: half of a SHA-256, enough that equal keys mean equal texts, and small
   * enough to keep one per row.
   */
  public record Key(long high, long low) {}

  /** The kinds of units in a text, by how much of a word a unit is worth. */
  enum Unit {
    /** A word between two spaces. */
    WORD(4),
    /**
     * A character of which a Chinese word has 1.5 on average, and a Japanese word a little more.
     */
    IDEOGRAPH(2),
    /** A letter of which a Thai word has about four; their marks are not counted. */
    LETTER(1);

    /** The worth of a unit in quarters of a word. */
    final int quarters;

    Unit(int quarters) {
      this.quarters = quarters;
    }

    static Unit of(int codePoint) {
      if (codePoint < 0x0e00) {
        // All scripts below have higher code points.
        return WORD;
      }
      return switch (UnicodeScript.of(codePoint)) {
        case HAN, HIRAGANA, KATAKANA, BOPOMOFO, YI -> IDEOGRAPH;
        // These scripts have Line_Break=SA (UAX #14): their words are found only with a dictionary.
        case THAI, LAO, KHMER, MYANMAR, TAI_LE, NEW_TAI_LUE, TAI_THAM, TAI_VIET, AHOM -> LETTER;
        default -> isPictograph(codePoint) ? IDEOGRAPH : WORD;
      };
    }
  }

  /** Returns the canonical form of a text. */
  public static NormalText of(String text) {
    String folded = folded(text);
    StringBuilder normal = new StringBuilder(folded.length());
    // True when the next character begins a word.
    boolean apart = false;
    // True when the last word is a single character of a script without spaces.
    boolean single = false;
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      i += Character.charCount(c);
      if (!isPartOfWord(c)) {
        apart = true;
        continue;
      }
      boolean joins = c >= 128 && joinsPrevious(c);
      boolean alone = c >= 128 && !joins && Unit.of(c) != Unit.WORD;
      if (apart || alone || (single && !joins)) {
        if (!normal.isEmpty()) {
          normal.append(' ');
        }
        single = alone;
      }
      apart = false;
      normal.appendCodePoint(c < 128 ? Character.toLowerCase(c) : c);
    }
    return new NormalText(normal.toString());
  }

  /**
   * Returns a text without invisible characters, composed and with folded case. A text of ASCII
   * alone is returned unchanged; its case is folded later.
   */
  private static String folded(String text) {
    int ascii = 0;
    while (ascii < text.length() && text.charAt(ascii) < 128) {
      ascii++;
    }
    if (ascii == text.length()) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints().filter(c -> !isInvisible(c)).forEach(visible::appendCodePoint);
    // Java has no case folding. Converting to upper case first unifies letters that only share
    // their upper case (ß, ss).
    String upper = composed(StreamSafeText.of(visible.toString())).toUpperCase(Locale.ROOT);
    StringBuilder lower = new StringBuilder(upper.length());
    upper.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
    return composed(lower.toString());
  }

  private static String composed(String text) {
    if (Normalizer.isNormalized(text, Normalizer.Form.NFKC)) {
      return text;
    }
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /**
   * Returns whether a character is a format character or has the property {@code
   * Default_Ignorable_Code_Point}, which Java does not know. Its values are those of Unicode 16,
   * DerivedCoreProperties.txt.
   */
  private static boolean isInvisible(int c) {
    return switch (c) {
      case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164, 0xffa0 -> true;
      default ->
          (c >= 0x180b && c <= 0x180f)
              || (c >= 0x2060 && c <= 0x206f)
              || (c >= 0xfe00 && c <= 0xfe0f)
              || (c >= 0xfff0 && c <= 0xfff8)
              || (c >= 0xe0000 && c <= 0xe0fff)
              || Character.getType(c) == Character.FORMAT;
    };
  }

  private static boolean isPartOfWord(int c) {
    return c < 128 ? isAsciiWordCharacter(c) : isUnicodeWordCharacter(c);
  }

  private static boolean isAsciiWordCharacter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /**
   * Returns whether a character is part of a word: marks belong to their letter, and pictographs
   * carry meaning.
   */
  private static boolean isUnicodeWordCharacter(int c) {
    return Character.isLetterOrDigit(c) || isMark(c) || isPictograph(c);
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /**
   * Returns whether a character belongs to the one before it, as marks and the mark of a long vowel
   * do.
   */
  private static boolean joinsPrevious(int c) {
    return isMark(c) || c == 0x30fc;
  }

  private static boolean isPictograph(int c) {
    return Character.isSupplementaryCodePoint(c) && !Character.isLetterOrDigit(c) && !isMark(c);
  }

  public boolean isEmpty() {
    return value.isEmpty();
  }

  public Key key() {
    byte[] hash = Digest.sha256().digest(value.getBytes(StandardCharsets.UTF_8));
    return new Key((long) LONGS.get(hash, 0), (long) LONGS.get(hash, 8));
  }
}
