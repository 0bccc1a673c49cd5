package io.plumbline.sensitivedata;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadata;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneNumberDesc;
import com.google.i18n.phonenumbers.metadata.DefaultMetadataDependenciesProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers of one country code, which several regions may share, from libphonenumber's
 * descriptions of them. The library itself matches a number against up to a hundred expressions one
 * after the other, which takes it more than a microsecond; here one automaton reads each digit
 * once. {@code NumberingPlansTests} compares the two.
 */
final class CountryNumbers {

  /** The kind of a number, as far as the scanner needs to know it. */
  enum Kind {
    NONE(0),
    MOBILE(1),
    OTHER(2);

    /** The index of the kind in {@link #KINDS}. */
    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }
  }

  private static final int MAX_LENGTH = 17;
  private static final int LENGTHS = MAX_LENGTH + 1;
  private static final Kind[] KINDS = {Kind.NONE, Kind.MOBILE, Kind.OTHER};

  private final DigitAutomaton automaton;

  /** The kinds of numbers that end in a state, by the state and the number of digits. */
  private final byte[] kinds;

  /** The states from which further digits make no number. */
  private final boolean[] hopeless;

  /** The states in which digits have the form of a number of the main region, of any length. */
  private final BitSet viable = new BitSet();

  private final NationalPrefix prefix;

  /** The numbers of digits, by bits, that are a number of the main region or too many for one. */
  private final int possible;

  /** The numbers of digits, by bits, of all numbers. */
  private final int lengths;

  /**
   * A part of a region's description: whether its digits match is known by the state, and their
   * number must be possible.
   */
  private record Part(int expression, List<Integer> lengths) {
    boolean matches(BitSet matched, int length) {
      return matched.get(expression) && (lengths.isEmpty() || lengths.contains(length));
    }
  }

  /**
   * A region.
   *
   * @param leading the expression of the digits that all its numbers begin with; -1 without
   * @param others the numbers that are not, or not only, mobile
   */
  private record Region(int leading, Part general, Part mobile, boolean same, List<Part> others) {

    Kind kindOf(BitSet matched, int length) {
      if (!general.matches(matched, length)) {
        return Kind.NONE;
      }
      for (Part other : others) {
        if (other.matches(matched, length)) {
          return Kind.OTHER;
        }
      }
      return !same && mobile.matches(matched, length) ? Kind.MOBILE : Kind.NONE;
    }

    /** Returns whether the library looks no further for the region of a number. */
    boolean claims(BitSet matched, int length) {
      return leading >= 0 ? matched.get(leading) : kindOf(matched, length) != Kind.NONE;
    }
  }

  private CountryNumbers(List<PhoneMetadata> descriptions) {
    DigitAutomaton.Expressions expressions = new DigitAutomaton.Expressions();
    Numbered numbered = new Numbered(expressions);
    List<Region> regions =
        descriptions.stream().map(each -> numbered.region(each, descriptions.size() > 1)).toList();
    automaton = expressions.build();
    kinds = new byte[automaton.size() * LENGTHS];
    for (int state = 0; state < automaton.size(); state++) {
      BitSet matched = automaton.matched(state);
      viable.set(state, matched.get(regions.getFirst().general().expression()));
      for (int length = 0; length <= MAX_LENGTH && !matched.isEmpty(); length++) {
        kinds[LENGTHS * state + length] = kindOf(regions, matched, length).code;
      }
    }
    hopeless = hopeless();
    prefix = NationalPrefix.of(descriptions.getFirst());
    possible = possibleLengths(descriptions.getFirst().getGeneralDesc());
    lengths = lengths();
  }

  private static int possibleLengths(PhoneNumberDesc general) {
    List<Integer> lengths = general.getPossibleLengthList();
    int possible = -1 << lengths.getLast();
    for (int length : lengths) {
      possible |= 1 << length;
    }
    for (int length : general.getPossibleLengthLocalOnlyList()) {
      possible &= ~(1 << length);
    }
    return possible;
  }

  private int lengths() {
    int lengths = 0;
    for (int i = 0; i < kinds.length; i++) {
      lengths |= kinds[i] == Kind.NONE.code ? 0 : 1 << i % LENGTHS;
    }
    return lengths;
  }

  private boolean[] hopeless() {
    boolean[] states = new boolean[automaton.size()];
    for (int i = 0; i < kinds.length; i++) {
      states[i / LENGTHS] |= kinds[i] != Kind.NONE.code;
    }
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int state = states.length - 1; state >= 0; state--) {
        for (int digit = 0; digit < 10 && !states[state]; digit++) {
          states[state] = states[automaton.after(state, digit)];
          changed |= states[state];
        }
      }
    }
    for (int state = 0; state < states.length; state++) {
      states[state] = !states[state];
    }
    return states;
  }

  /** Gives each expression of the regions a number. */
  private static final class Numbered {
    private final DigitAutomaton.Expressions expressions;
    private int count;

    private Numbered(DigitAutomaton.Expressions expressions) {
      this.expressions = expressions;
    }

    Region region(PhoneMetadata description, boolean several) {
      int leading = -1;
      if (several && description.hasLeadingDigits()) {
        leading = count++;
        expressions.addPrefix(leading, description.getLeadingDigits());
      }
      return new Region(
          leading,
          part(description.getGeneralDesc()),
          part(description.getMobile()),
          description.getSameMobileAndFixedLinePattern(),
          List.of(
              part(description.getFixedLine()),
              part(description.getPremiumRate()),
              part(description.getTollFree()),
              part(description.getSharedCost()),
              part(description.getVoip()),
              part(description.getPersonalNumber()),
              part(description.getPager()),
              part(description.getUan()),
              part(description.getVoicemail())));
    }

    private Part part(PhoneNumberDesc description) {
      int expression = count++;
      if (!description.getNationalNumberPattern().isEmpty()) {
        expressions.addWhole(expression, description.getNationalNumberPattern());
      }
      return new Part(expression, List.copyOf(description.getPossibleLengthList()));
    }
  }

  private static Kind kindOf(List<Region> regions, BitSet matched, int length) {
    for (Region region : regions) {
      if (regions.size() == 1 || region.claims(matched, length)) {
        return region.kindOf(matched, length);
      }
    }
    return Kind.NONE;
  }

  /** Returns the numbers of a supported country code. */
  static CountryNumbers of(int country) {
    List<PhoneMetadata> descriptions = new ArrayList<>();
    for (String region : PhoneNumberUtil.getInstance().getRegionCodesForCountryCode(country)) {
      boolean geographic = !region.equals("001");
      descriptions.add(description(geographic ? region : Integer.toString(country)));
    }
    return new CountryNumbers(descriptions);
  }

  private static PhoneMetadata description(String name) {
    DefaultMetadataDependenciesProvider library = DefaultMetadataDependenciesProvider.getInstance();
    String file = library.getPhoneNumberMetadataFileNameProvider().getFor(name);
    try (InputStream stream =
        Objects.requireNonNull(library.getMetadataLoader().loadMetadata(file))) {
      return library.getMetadataParser().parse(stream).iterator().next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what people of a region dial before a country code, as an expression. */
  static String internationalPrefix(String region) {
    return description(region).getInternationalPrefix();
  }

  /** Returns the kind of significant digits, which have no prefix. */
  Kind kindOf(byte[] digits, int from, int to) {
    if (to - from > MAX_LENGTH || ((lengths >> (to - from)) & 1) == 0) {
      return Kind.NONE;
    }
    int state = DigitAutomaton.START;
    for (int i = from; i < to; i++) {
      state = automaton.after(state, digits[i]);
      if (hopeless[state]) {
        return Kind.NONE;
      }
    }
    return KINDS[kinds[LENGTHS * state + to - from]];
  }

  int stateAfter(byte[] digits, int from, int to) {
    int state = DigitAutomaton.START;
    for (int i = from; i < to && state != DigitAutomaton.DEAD; i++) {
      state = automaton.after(state, digits[i]);
    }
    return state;
  }

  /**
   * Returns the states after some digits of a number from which further digits make it one of a
   * length.
   */
  BitSet statesThatLeadTo(int length, int read) {
    BitSet states = new BitSet();
    for (int state = 0; state < automaton.size(); state++) {
      states.set(state, kinds[LENGTHS * state + length] != Kind.NONE.code);
    }
    for (int digits = length; digits > read; digits--) {
      BitSet before = new BitSet();
      for (int state = 0; state < automaton.size(); state++) {
        for (int digit = 0; digit < 10 && !before.get(state); digit++) {
          before.set(state, states.get(automaton.after(state, digit)));
        }
      }
      states = before;
    }
    return states;
  }

  /** Returns the kind of digits that may have a national prefix, which is no part of the number. */
  Kind kindAfterPrefix(byte[] digits, int from, int to) {
    if (to - from < 2) {
      return Kind.NONE;
    }
    if (!prefix.mayBegin(digits, from, to)) {
      return kindOf(digits, from, to);
    }
    if (!mayRemain(digits, from, to)) {
      return Kind.NONE;
    }
    byte[] significant = prefix.strip(digits, from, to);
    if ((possible >> significant.length & 1) == 0
        || (!isViable(significant, 0, significant.length) && isViable(digits, from, to))) {
      return kindOf(digits, from, to);
    }
    return kindOf(significant, 0, significant.length);
  }

  /** Returns whether a number may remain without the prefix, as a check before it is read. */
  private boolean mayRemain(byte[] digits, int from, int to) {
    if (prefix.added() > 0) {
      return to - from + prefix.added() >= Integer.numberOfTrailingZeros(lengths);
    }
    for (int i = from; i < to; i++) {
      if (kindOf(digits, i, to) != Kind.NONE) {
        return true;
      }
    }
    return false;
  }

  private boolean isViable(byte[] digits, int from, int to) {
    return viable.get(stateAfter(digits, from, to));
  }

  /**
   * The digits that people dial before a number, and some write after the country code, too.
   *
   * @param literal the digits if they are always the same; empty otherwise
   * @param beginnings reads what may be a prefix, so that the expression is seldom needed
   * @param added the most digits that the rule puts before the last digits, which remain
   */
  private record NationalPrefix(
      byte[] literal, DigitAutomaton beginnings, Pattern expression, String rule, int added) {

    static NationalPrefix of(PhoneMetadata description) {
      String written = description.getNationalPrefixForParsing();
      String rule = description.getNationalPrefixTransformRule();
      boolean literal = rule.isEmpty() && written.chars().allMatch(Character::isDigit);
      DigitAutomaton.Expressions beginnings = new DigitAutomaton.Expressions();
      beginnings.addWhole(0, written.replace("$", ""));
      return new NationalPrefix(
          literal ? DigitGroups.digitsOf(written) : new byte[0],
          beginnings.build(),
          Pattern.compile(written),
          rule,
          added(rule));
    }

    private static int added(String rule) {
      if (rule.isEmpty()) {
        return 0;
      }
      return rule.matches("\\d*\\$\\d") ? rule.length() - "$1".length() : MAX_LENGTH;
    }

    /** Returns whether some of the first digits may be a prefix. */
    boolean mayBegin(byte[] digits, int from, int to) {
      int state = DigitAutomaton.START;
      for (int i = from; i < to && state != DigitAutomaton.DEAD; i++) {
        state = beginnings.after(state, digits[i]);
        if (beginnings.matched(state).get(0)) {
          return true;
        }
      }
      return false;
    }

    /** Returns the digits without the prefix, or as they are. */
    byte[] strip(byte[] digits, int from, int to) {
      if (literal.length > 0) {
        boolean prefixed =
            to - from >= literal.length
                && Arrays.equals(digits, from, from + literal.length, literal, 0, literal.length);
        return Arrays.copyOfRange(digits, prefixed ? from + literal.length : from, to);
      }
      String written = DigitGroups.text(digits, from, to);
      Matcher matcher = expression.matcher(written);
      if (!matcher.lookingAt()) {
        return Arrays.copyOfRange(digits, from, to);
      }
      if (rule.isEmpty() || matcher.group(matcher.groupCount()) == null) {
        return Arrays.copyOfRange(digits, from + matcher.end(), to);
      }
      return DigitGroups.digitsOf(matcher.replaceFirst(rule));
    }
  }
}
