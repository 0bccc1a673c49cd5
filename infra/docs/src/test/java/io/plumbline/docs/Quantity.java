package io.plumbline.docs;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount, in seconds, in bytes or of things.
 *
 * @param written the number before its unit
 * @param amount in the base unit
 */
record Quantity(BigDecimal written, BigDecimal amount, Kind kind) {

  /** The kind of an amount, which decides its base unit. */
  enum Kind {
    THINGS,
    SECONDS,
    BYTES
  }

  /** The units by their names, as the page and the configuration write them. */
  private static final Map<String, Quantity> UNITS =
      Map.ofEntries(
          unit("%", "0.01", Kind.THINGS),
          unit("ms", "0.001", Kind.SECONDS),
          unit("s", "1", Kind.SECONDS),
          unit("min", "60", Kind.SECONDS),
          unit("m", "60", Kind.SECONDS),
          unit("h", "3600", Kind.SECONDS),
          unit("d", "86400", Kind.SECONDS),
          unit("KiB", "1024", Kind.BYTES),
          unit("KB", "1024", Kind.BYTES),
          unit("MiB", "1048576", Kind.BYTES),
          unit("MB", "1048576", Kind.BYTES),
          unit("GiB", "1073741824", Kind.BYTES),
          unit("GB", "1073741824", Kind.BYTES));

  private static final Map<String, String> DURATIONS =
      Map.of("Millis", "ms", "Seconds", "s", "Minutes", "min", "Hours", "h", "Days", "d");

  private static final Pattern WRITTEN =
      Pattern.compile("(?<number>[\\d,_]+(?:\\.\\d+)?) ?(?<unit>%|[A-Za-z]+)?(?<rest>.*)");
  private static final Pattern DURATION =
      Pattern.compile("Duration\\.of(?<unit>\\w+)\\((?<number>[^()]+)\\)(?:\\.to\\w+\\(\\))?");
  private static final Pattern NUMBER = Pattern.compile("-?[\\d_]+(?:\\.\\d+)?[LdDfF]?");

  private static Map.Entry<String, Quantity> unit(String name, String factor, Kind kind) {
    return Map.entry(name, new Quantity(BigDecimal.ONE, new BigDecimal(factor), kind));
  }

  private static Quantity of(String number, Quantity unit) {
    BigDecimal written = new BigDecimal(number.replaceAll("[,_]", ""));
    return new Quantity(written, written.multiply(unit.amount()), unit.kind());
  }

  private static Quantity things(BigDecimal number) {
    return new Quantity(number, number, Kind.THINGS);
  }

  /** Reads the number at the beginning of a text, with its unit if a known one follows. */
  static Optional<Quantity> written(String text) {
    Matcher matcher = WRITTEN.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group("unit");
    return Optional.of(
        of(
            matcher.group("number"),
            unit == null || !UNITS.containsKey(unit) ? things(BigDecimal.ONE) : UNITS.get(unit)));
  }

  /**
   * Computes an expression of Java: products and shifts of numbers and constants, and durations of
   * them.
   *
   * @param constants the value of a constant that it names
   */
  static Quantity computed(String expression, Function<String, Quantity> constants) {
    String text = expression.strip();
    Matcher duration = DURATION.matcher(text);
    if (duration.matches()) {
      Quantity unit = UNITS.get(DURATIONS.getOrDefault(duration.group("unit"), ""));
      if (unit == null) {
        throw new IllegalArgumentException("No duration that this test can read: " + text);
      }
      BigDecimal number = computed(duration.group("number"), constants).amount();
      return new Quantity(number, number.multiply(unit.amount()), Kind.SECONDS);
    }
    int shift = text.indexOf("<<");
    if (shift >= 0) {
      BigDecimal shifted = computed(text.substring(0, shift), constants).amount();
      int by = computed(text.substring(shift + 2), constants).amount().intValueExact();
      return things(shifted.multiply(BigDecimal.TWO.pow(by)));
    }
    int times = text.lastIndexOf('*');
    if (times >= 0) {
      return things(
          computed(text.substring(0, times), constants)
              .amount()
              .multiply(computed(text.substring(times + 1), constants).amount()));
    }
    return NUMBER.matcher(text).matches()
        ? things(new BigDecimal(text.replaceAll("[_LdDfF]", "")))
        : constants.apply(text);
  }

  /**
   * Returns whether the code holds this quantity of the page. Where code has a bare number, which
   * may be of bytes or milliseconds, the page may write it bare or in a larger unit.
   */
  boolean is(Quantity held) {
    boolean same = amount.compareTo(held.amount()) == 0;
    return held.isBare()
        ? same || written.compareTo(held.amount()) == 0
        : same && kind == held.kind();
  }

  private boolean isBare() {
    return kind == Kind.THINGS;
  }
}
