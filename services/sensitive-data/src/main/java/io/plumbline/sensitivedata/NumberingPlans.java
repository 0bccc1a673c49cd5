package io.plumbline.sensitivedata;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbering plans of some regions, by libphonenumber. Which of them a national number can be of
 * follows from its first digit and its length, so that a number is parsed for those alone, and
 * further regions cost nothing where their numbers look otherwise.
 */
final class NumberingPlans {

  /** Digits of a national number, its trunk prefix included. */
  private static final int FEWEST = 8;

  private static final int FEWEST_WITH_TRUNK = 9;
  private static final int MOST = 12;

  private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();

  /** Regions by the number of digits: of numbers with the trunk prefix 0, and of all others. */
  private final List<List<String>> trunk = new ArrayList<>();

  private final List<List<String>> plain = new ArrayList<>();

  NumberingPlans(List<String> regions) {
    for (int digits = 0; digits <= MOST; digits++) {
      trunk.add(new ArrayList<>());
      plain.add(new ArrayList<>());
    }
    regions.forEach(this::add);
  }

  private void add(String region) {
    int country = plans.getCountryCodeForRegion(region);
    String prefix = plans.getNddPrefixForRegion(region, true);
    boolean zero = "0".equals(prefix);
    for (int significant = FEWEST - 1; significant <= MOST; significant++) {
      if (!isPossible(country, significant)) {
        continue;
      }
      if (zero) {
        add(trunk, significant + 1, region);
      } else {
        // Without a trunk prefix the first digit may be 0, as in Italy.
        add(trunk, significant, region);
        add(plain, significant, region);
        if (prefix != null) {
          add(plain, significant + prefix.length(), region);
        }
      }
    }
  }

  private static void add(List<List<String>> byLength, int digits, String region) {
    if (digits >= FEWEST && digits <= MOST && !byLength.get(digits).contains(region)) {
      byLength.get(digits).add(region);
    }
  }

  private boolean isPossible(int country, int significant) {
    PhoneNumber number =
        new PhoneNumber()
            .setCountryCode(country)
            .setNationalNumber(Long.parseLong("2".repeat(significant)));
    return plans.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
  }

  /** Whether a number with {@code +} and its country code is one of any region of the world. */
  boolean hasInternational(String number) {
    try {
      return plans.isValidNumber(plans.parse(number, null));
    } catch (NumberParseException e) {
      return false;
    }
  }

  /**
   * Whether a number is one of the regions, as it is dialled there.
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
    List<String> regions = (zero ? trunk : plain).get(count);
    if (regions.isEmpty()) {
      return false;
    }
    String number = digits.subSequence(0, count).toString();
    for (String region : regions) {
      if (isOf(region, number, together)) {
        return true;
      }
    }
    return false;
  }

  private boolean isOf(String region, String number, boolean mobile) {
    try {
      PhoneNumber parsed = plans.parse(number, region);
      return mobile
          ? plans.getNumberType(parsed) == PhoneNumberType.MOBILE
          : plans.isValidNumber(parsed);
    } catch (NumberParseException e) {
      return false;
    }
  }
}
