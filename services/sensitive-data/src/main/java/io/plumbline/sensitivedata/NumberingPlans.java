package io.plumbline.sensitivedata;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * The numbering plans of some regions, by libphonenumber. The first digit and the length of a
 * national number decide which regions it can belong to. It is checked against those alone, so
 * further regions cost nothing when their numbers look different. Only regions with unusual trunk
 * prefixes need the library for each number.
 */
final class NumberingPlans {

  /** The fewest digits of a national number, its trunk prefix included. */
  private static final int MIN_DIGITS = 8;

  /** The fewest digits of a national number that begins with 0. */
  private static final int MIN_DIGITS_WITH_TRUNK = 9;

  /** The most digits of a national number, its trunk prefix included. */
  private static final int MAX_DIGITS = 12;

  /** The country code of North America. */
  private static final int NANPA = 1;

  /** The number of leading digits that decide which lengths are possible. */
  static final int LEADING = 3;

  private static final int LEADINGS = 1_000;
  private static final int ANY_LENGTH = (1 << (DigitGroups.MAX_DIGITS + 1)) - 1;

  private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
  private final Countries countries = new Countries();

  /** The plans of numbers that begin with 0, by the number of digits. */
  private final List<List<Plan>> trunk = new ArrayList<>();

  /** The plans of all other numbers, by the number of digits. */
  private final List<List<Plan>> plain = new ArrayList<>();

  /** The possible numbers of digits as they are dialled, by bits, by the leading digits. */
  private final int[] lengths = new int[LEADINGS];

  NumberingPlans(List<String> regions) {
    for (int digits = 0; digits <= MAX_DIGITS; digits++) {
      trunk.add(new ArrayList<>());
      plain.add(new ArrayList<>());
    }
    regions.forEach(this::addRegion);
    for (int digits = MIN_DIGITS; digits <= MAX_DIGITS; digits++) {
      for (Plan plan : trunk.get(digits)) {
        addLengths(plan, digits, 0, LEADINGS / 10);
      }
      for (Plan plan : plain.get(digits)) {
        addLengths(plan, digits, LEADINGS / 10, LEADINGS);
      }
    }
  }

  /** Notes which leading digits a number of so many digits can have by a plan. */
  private void addLengths(Plan plan, int count, int from, int to) {
    BitSet viable = plan.numbers.statesThatLeadTo(count, LEADING);
    BitSet viableAfterPrefix =
        plan.numbers.statesThatLeadTo(count - plan.trunk.length(), LEADING - plan.trunk.length());
    for (int leading = from; leading < to; leading++) {
      byte[] digits = {(byte) (leading / 100), (byte) (leading / 10 % 10), (byte) (leading % 10)};
      if (!plan.isDirectFor(digits)) {
        lengths[leading] |= 1 << count;
        continue;
      }
      int prefix = plan.prefixLength(digits, count);
      int state = plan.numbers.stateAfter(digits, prefix, LEADING);
      if ((prefix == 0 ? viable : viableAfterPrefix).get(state)) {
        lengths[leading] |= 1 << count;
      }
    }
  }

  /**
   * Returns the lengths, by bits, that a number with these leading digits can have; 0 for none.
   *
   * @param leading the first three digits as a number
   */
  int possibleLengths(int leading, boolean international) {
    if (international) {
      return countries.isCodeSupported(leading) ? ANY_LENGTH : 0;
    }
    return lengths[leading];
  }

  private void addRegion(String region) {
    Plan plan = planOf(region);
    for (int significant = MIN_DIGITS - 1; significant <= MAX_DIGITS; significant++) {
      if (!isPossible(plan.country, significant)) {
        continue;
      }
      if (plan.trunk.equals("0")) {
        addPlan(trunk, significant + 1, plan);
      } else {
        // Without a trunk prefix the first digit may be 0, as in Italy; never in North America.
        if (plan.country != NANPA) {
          addPlan(trunk, significant, plan);
        }
        addPlan(plain, significant, plan);
        addPlan(plain, significant + plan.trunk.length(), plan);
      }
    }
  }

  private static void addPlan(List<List<Plan>> byLength, int digits, Plan plan) {
    if (digits >= MIN_DIGITS && digits <= MAX_DIGITS && !byLength.get(digits).contains(plan)) {
      byLength.get(digits).add(plan);
    }
  }

  private boolean isPossible(int country, int significant) {
    PhoneNumber number =
        new PhoneNumber()
            .setCountryCode(country)
            .setNationalNumber(Long.parseLong("2".repeat(significant)));
    return plans.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
  }

  /**
   * Returns whether digits after a {@code +}, which begin with a country code, are a number of any
   * region of the world.
   */
  boolean isValidInternational(byte[] digits, int count) {
    return countries.kindOf(digits, 0, count) != CountryNumbers.Kind.NONE;
  }

  /**
   * Returns whether a number belongs to one of the regions, as it is dialled there.
   *
   * @param digits digits of which the first {@code count} digits are the number
   * @param together whether nothing separates the digits: then only mobile numbers with a trunk
   *     prefix count, since identifiers are written in the same way
   */
  boolean isValidNational(byte[] digits, int count, boolean together) {
    boolean zero = digits[0] == 0;
    if (!isPossibleLength(count, zero) || (together && !zero)) {
      return false;
    }
    List<Plan> possible = (zero ? trunk : plain).get(count);
    if (possible.isEmpty()) {
      return false;
    }
    boolean withCode = digits[0] == 0 && digits[1] == 0 && digits[2] != 0;
    CountryNumbers.Kind abroad =
        withCode ? countries.kindOf(digits, 2, count) : CountryNumbers.Kind.NONE;
    for (Plan plan : possible) {
      CountryNumbers.Kind kind = withCode && plan.abroad ? abroad : kindOf(plan, digits, count);
      if (kind == CountryNumbers.Kind.MOBILE || (kind == CountryNumbers.Kind.OTHER && !together)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPossibleLength(int count, boolean zero) {
    if (zero) {
      return count >= MIN_DIGITS_WITH_TRUNK && count <= MAX_DIGITS;
    }
    return count >= MIN_DIGITS && count <= MAX_DIGITS;
  }

  private CountryNumbers.Kind kindOf(Plan plan, byte[] digits, int count) {
    if (plan.isDirectFor(digits)) {
      return plan.numbers.kindOf(digits, plan.prefixLength(digits, count), count);
    }
    if (digits[0] == 0 && digits[1] == 0 && plan.abroad) {
      return plan.numbers.kindAfterPrefix(digits, 0, count);
    }
    return kindByLibrary(plan, DigitGroups.text(digits, 0, count));
  }

  private CountryNumbers.Kind kindByLibrary(Plan plan, String number) {
    try {
      return switch (plans.getNumberType(plans.parse(number, plan.region))) {
        case UNKNOWN -> CountryNumbers.Kind.NONE;
        case MOBILE -> CountryNumbers.Kind.MOBILE;
        default -> CountryNumbers.Kind.OTHER;
      };
    } catch (NumberParseException e) {
      return CountryNumbers.Kind.NONE;
    }
  }

  /**
   * The numbering plan of a region.
   *
   * @param trunk its trunk prefix; empty without one
   * @param direct whether a number is always its trunk prefix and the significant number, so that
   *     nothing has to be parsed
   * @param abroad whether {@code 00} goes before a country code, and the region is the main one of
   *     its own code
   */
  private record Plan(
      String region,
      int country,
      String trunk,
      boolean direct,
      boolean abroad,
      CountryNumbers numbers) {

    /** Returns the plan for the library to parse numbers by. */
    Plan parsed() {
      return new Plan(region, country, trunk, false, abroad, numbers);
    }

    /** Returns whether digits are a trunk prefix and a significant number, or none. */
    boolean isDirectFor(byte[] digits) {
      return direct && (digits[0] != 0 || digits[1] != 0);
    }

    /** Returns the length of the trunk prefix of a number as it is dialled. */
    int prefixLength(byte[] dialled, int count) {
      boolean prefixed =
          trunk.equals("0")
              || (!trunk.isEmpty() && count == 11 && dialled[0] == trunk.charAt(0) - '0');
      return prefixed ? trunk.length() : 0;
    }
  }

  private Plan planOf(String region) {
    int country = plans.getCountryCodeForRegion(region);
    String prefix = Objects.requireNonNullElse(plans.getNddPrefixForRegion(region, true), "");
    boolean known = prefix.isEmpty() || prefix.equals("0") || country == NANPA;
    boolean main = plans.getRegionCodeForCountryCode(country).equals(region);
    Plan plan =
        new Plan(
            region,
            country,
            prefix,
            true,
            main && CountryNumbers.internationalPrefix(region).equals("00"),
            countries.of(country));
    return known
            && isDirect(plan, PhoneNumberType.FIXED_LINE)
            && isDirect(plan, PhoneNumberType.MOBILE)
        ? plan
        : plan.parsed();
  }

  /** Returns whether an example number, written as it is dialled, is itself after the prefix. */
  private boolean isDirect(Plan plan, PhoneNumberType type) {
    PhoneNumber example = plans.getExampleNumberForType(plan.region, type);
    if (example == null) {
      return false;
    }
    String dialled =
        PhoneNumberUtil.normalizeDigitsOnly(plans.format(example, PhoneNumberFormat.NATIONAL));
    return dialled
        .substring(plan.prefixLength(DigitGroups.digitsOf(dialled), dialled.length()))
        .equals(plans.getNationalSignificantNumber(example));
  }
}
