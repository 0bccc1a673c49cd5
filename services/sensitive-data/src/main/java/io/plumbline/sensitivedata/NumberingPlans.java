package io.plumbline.sensitivedata;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The numbering plans of some regions, by libphonenumber. The first digit and the length of a
 * national number decide which regions it can belong to. It is parsed for those alone, so further
 * regions cost nothing when their numbers look different.
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

  private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();

  /** The plans of numbers that begin with 0, by the number of digits. */
  private final List<List<Plan>> trunk = new ArrayList<>();

  /** The plans of all other numbers, by the number of digits. */
  private final List<List<Plan>> plain = new ArrayList<>();

  NumberingPlans(List<String> regions) {
    for (int digits = 0; digits <= MAX_DIGITS; digits++) {
      trunk.add(new ArrayList<>());
      plain.add(new ArrayList<>());
    }
    regions.forEach(this::addRegion);
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
   * Returns whether a number with {@code +} and its country code is one of any region of the world.
   */
  boolean isValidInternational(String number) {
    try {
      return plans.isValidNumber(plans.parse(number, null));
    } catch (NumberParseException e) {
      return false;
    }
  }

  /**
   * Returns whether a number belongs to one of the regions, as it is dialled there.
   *
   * @param digits the text whose first {@code count} digits are the number
   * @param together whether nothing separates the digits: then only mobile numbers with a trunk
   *     prefix count, since identifiers are written in the same way
   */
  boolean isValidNational(CharSequence digits, int count, boolean together) {
    boolean zero = digits.charAt(0) == '0';
    if (!isPossibleLength(count, zero) || (together && !zero)) {
      return false;
    }
    List<Plan> possible = (zero ? trunk : plain).get(count);
    if (possible.isEmpty()) {
      return false;
    }
    String number = digits.subSequence(0, count).toString();
    for (Plan plan : possible) {
      if (belongsTo(plan, number, together)) {
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

  private boolean belongsTo(Plan plan, String number, boolean mobile) {
    if (plan.direct && !number.startsWith("00")) {
      return isValid(plan.toPhoneNumber(number), mobile);
    }
    try {
      return isValid(plans.parse(number, plan.region), mobile);
    } catch (NumberParseException e) {
      return false;
    }
  }

  private boolean isValid(PhoneNumber number, boolean mobile) {
    if (mobile) {
      return plans.getNumberType(number) == PhoneNumberType.MOBILE;
    }
    return plans.isValidNumber(number);
  }

  /**
   * The numbering plan of a region.
   *
   * @param trunk its trunk prefix; empty without one
   * @param direct whether a number is always its trunk prefix and the significant number, so that
   *     nothing has to be parsed
   */
  private record Plan(String region, int country, String trunk, boolean direct) {

    PhoneNumber toPhoneNumber(String dialled) {
      boolean prefixed =
          trunk.equals("0")
              || (!trunk.isEmpty() && dialled.length() == 11 && dialled.startsWith(trunk));
      int from = prefixed ? trunk.length() : 0;
      PhoneNumber number =
          new PhoneNumber()
              .setCountryCode(country)
              .setNationalNumber(Long.parseLong(dialled, from, dialled.length(), 10));
      if (dialled.charAt(from) == '0') {
        return number.setItalianLeadingZero(true);
      }
      return number;
    }
  }

  private Plan planOf(String region) {
    int country = plans.getCountryCodeForRegion(region);
    String prefix = Objects.requireNonNullElse(plans.getNddPrefixForRegion(region, true), "");
    Plan plan = new Plan(region, country, prefix, true);
    boolean known = plan.trunk.isEmpty() || plan.trunk.equals("0") || country == NANPA;
    return new Plan(
        region,
        country,
        plan.trunk,
        known
            && isDirect(plan, PhoneNumberType.FIXED_LINE)
            && isDirect(plan, PhoneNumberType.MOBILE));
  }

  /** Returns whether an example number, written as it is dialled, parses back to itself. */
  private boolean isDirect(Plan plan, PhoneNumberType type) {
    PhoneNumber example = plans.getExampleNumberForType(plan.region, type);
    if (example == null) {
      return false;
    }
    String dialled =
        PhoneNumberUtil.normalizeDigitsOnly(plans.format(example, PhoneNumberFormat.NATIONAL));
    return plan.toPhoneNumber(dialled).exactlySameAs(example);
  }
}
