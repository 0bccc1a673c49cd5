package io.plumbline.sensitivedata;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbering plans of some regions, by libphonenumber. The first digit and the length of a
 * national number decide which regions it can belong to. It is parsed for those alone, so further
 * regions cost nothing where their numbers look different.
 */
final class NumberingPlans {

  /** The number of digits of a national number, its trunk prefix included. */
  private static final int FEWEST = 8;

  private static final int FEWEST_WITH_TRUNK = 9;
  private static final int MOST = 12;

  /** The country code of North America. */
  private static final int NANPA = 1;

  private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();

  /** Regions by the number of digits: of numbers with the trunk prefix 0, and of all others. */
  private final List<List<Plan>> trunk = new ArrayList<>();

  private final List<List<Plan>> plain = new ArrayList<>();

  NumberingPlans(List<String> regions) {
    for (int digits = 0; digits <= MOST; digits++) {
      trunk.add(new ArrayList<>());
      plain.add(new ArrayList<>());
    }
    regions.forEach(this::add);
  }

  private void add(String region) {
    Plan plan = plan(region);
    for (int significant = FEWEST - 1; significant <= MOST; significant++) {
      if (!isPossible(plan.country, significant)) {
        continue;
      }
      if (plan.trunk.equals("0")) {
        add(trunk, significant + 1, plan);
      } else {
        // Without a trunk prefix the first digit may be 0, as in Italy; never in North America.
        if (plan.country != NANPA) {
          add(trunk, significant, plan);
        }
        add(plain, significant, plan);
        add(plain, significant + plan.trunk.length(), plan);
      }
    }
  }

  private static void add(List<List<Plan>> byLength, int digits, Plan plan) {
    if (digits >= FEWEST && digits <= MOST && !byLength.get(digits).contains(plan)) {
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
  boolean hasInternational(String number) {
    try {
      return plans.isValidNumber(plans.parse(number, null));
    } catch (NumberParseException e) {
      return false;
    }
  }

  /**
   * Returns whether a number belongs to one of the regions, as it is dialled there.
   *
   * @param digits of which the first {@code count} are the number
   * @param together whether nothing divides them: then only mobile numbers with a trunk prefix are
   *     taken for one, since identifiers are written so, too
   */
  boolean hasNational(CharSequence digits, int count, boolean together) {
    boolean zero = digits.charAt(0) == '0';
    if (count > MOST || count < (zero ? FEWEST_WITH_TRUNK : FEWEST) || (together && !zero)) {
      return false;
    }
    List<Plan> possible = (zero ? trunk : plain).get(count);
    if (possible.isEmpty()) {
      return false;
    }
    String number = digits.subSequence(0, count).toString();
    for (Plan plan : possible) {
      if (isOf(plan, number, together)) {
        return true;
      }
    }
    return false;
  }

  private boolean isOf(Plan plan, String number, boolean mobile) {
    PhoneNumber parsed = plan.direct && !number.startsWith("00") ? plan.number(number) : null;
    if (parsed == null) {
      try {
        parsed = plans.parse(number, plan.region);
      } catch (NumberParseException e) {
        return false;
      }
    }
    return mobile
        ? plans.getNumberType(parsed) == PhoneNumberType.MOBILE
        : plans.isValidNumber(parsed);
  }

  /**
   * The numbering plan of a region.
   *
   * @param trunk its trunk prefix; empty without one
   * @param direct whether a number is its trunk prefix and the significant number, so that nothing
   *     has to be parsed
   */
  private record Plan(String region, int country, String trunk, boolean direct) {

    PhoneNumber number(String dialled) {
      boolean prefixed =
          trunk.equals("0")
              || (!trunk.isEmpty() && dialled.length() == 11 && dialled.startsWith(trunk));
      int from = prefixed ? trunk.length() : 0;
      PhoneNumber number =
          new PhoneNumber()
              .setCountryCode(country)
              .setNationalNumber(Long.parseLong(dialled, from, dialled.length(), 10));
      return dialled.charAt(from) == '0' ? number.setItalianLeadingZero(true) : number;
    }
  }

  private Plan plan(String region) {
    int country = plans.getCountryCodeForRegion(region);
    String prefix = plans.getNddPrefixForRegion(region, true);
    Plan plan = new Plan(region, country, prefix == null ? "" : prefix, true);
    boolean known = plan.trunk.isEmpty() || plan.trunk.equals("0") || country == NANPA;
    return new Plan(
        region,
        country,
        plan.trunk,
        known
            && isDirect(plan, PhoneNumberType.FIXED_LINE)
            && isDirect(plan, PhoneNumberType.MOBILE));
  }

  /** Returns whether an example number, as it is dialled, is read back as itself. */
  private boolean isDirect(Plan plan, PhoneNumberType type) {
    PhoneNumber example = plans.getExampleNumberForType(plan.region, type);
    if (example == null) {
      return false;
    }
    String dialled =
        PhoneNumberUtil.normalizeDigitsOnly(plans.format(example, PhoneNumberFormat.NATIONAL));
    return plan.number(dialled).exactlySameAs(example);
  }
}
