package io.plumbline.sensitivedata;

/**
 * The issuer identification numbers and lengths of payment cards, as the schemes publish them
 * (ISO/IEC 7812).
 */
final class CardIssuerRanges {

  /** A range of the first six digits, with the shortest and the longest number of its cards. */
  private record Range(int from, int to, int shortest, int longest) {
    int lengths() {
      if (equals(VISA)) {
        return (1 << 13) | (1 << 16) | (1 << 19);
      }
      return (1 << (longest + 1)) - (1 << shortest);
    }
  }

  /** Cards of this range have 13, 16 or 19 digits, and nothing between. */
  private static final Range VISA = new Range(400000, 499999, 13, 19);

  private static final Range[] RANGES = {
    VISA,
    new Range(510000, 559999, 16, 16), // Mastercard
    new Range(222100, 272099, 16, 16),
    new Range(340000, 349999, 15, 15), // American Express
    new Range(370000, 379999, 15, 15),
    new Range(300000, 305999, 14, 19), // Diners Club
    new Range(309500, 309599, 14, 19),
    new Range(360000, 369999, 14, 19),
    new Range(380000, 399999, 14, 19),
    new Range(601100, 601199, 16, 19), // Discover
    new Range(644000, 659999, 16, 19),
    new Range(352800, 358999, 16, 19), // JCB
    new Range(620000, 629999, 16, 19), // UnionPay
    new Range(220000, 220499, 16, 19), // Mir
    new Range(501800, 501899, 13, 19), // Maestro
    new Range(502000, 502099, 13, 19),
    new Range(503800, 503899, 13, 19),
    new Range(589300, 589399, 13, 19),
    new Range(630400, 630499, 13, 19),
    new Range(675900, 676399, 13, 19),
    new Range(508500, 508999, 16, 16), // RuPay
    new Range(606900, 608499, 16, 16),
    new Range(652100, 653199, 16, 16),
  };

  /** The issued lengths, by bits, by the first four digits, which a range has all numbers of. */
  private static final int[] LENGTHS = lengths();

  private CardIssuerRanges() {}

  private static int[] lengths() {
    int[] lengths = new int[10_000];
    for (Range range : RANGES) {
      for (int firstFour = range.from / 100; firstFour <= range.to / 100; firstFour++) {
        lengths[firstFour] |= range.lengths();
      }
    }
    return lengths;
  }

  /** Returns the lengths, by bits, of the cards whose numbers begin with four digits. */
  static int lengths(int firstFour) {
    return LENGTHS[firstFour];
  }
}
