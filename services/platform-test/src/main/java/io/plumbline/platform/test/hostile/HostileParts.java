package io.plumbline.platform.test.hostile;

import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The parts that hostile texts repeat. Equal calls return equal texts. */
public final class HostileParts {

  /** The characters of most texts. */
  public static final int SIZE = 100_000;

  private HostileParts() {}

  /** Returns a text of {@link #SIZE} characters that repeats a part. */
  public static String filled(String part) {
    return filled(part, SIZE);
  }

  /** Returns a text of so many characters, or a few less, that repeats a part. */
  public static String filled(String part, int size) {
    return part.repeat(size / part.length());
  }

  /** Returns a text of so many parts, each made from its number. */
  public static String each(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
  }

  /** Returns a text of so many characters of an alphabet. */
  public static String random(String alphabet, int size) {
    return new Random(7)
        .ints(size, 0, alphabet.length())
        .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
        .collect(Collectors.joining());
  }
}
