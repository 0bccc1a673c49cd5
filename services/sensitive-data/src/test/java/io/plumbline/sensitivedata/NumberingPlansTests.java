package io.plumbline.sensitivedata;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The automata decide as libphonenumber does, whose descriptions of numbers they are made of. */
class NumberingPlansTests {

  private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
  private static final PhoneNumberType[] TYPES = PhoneNumberType.values();
  private static final int NUMBERS = 60;

  private final Random random = new Random(5);

  @Test
  void numbers_of_every_country_are_what_the_library_says() {
    Countries countries = new Countries();
    List<String> different = new ArrayList<>();
    for (int country : LIBRARY.getSupportedCallingCodes()) {
      for (String region : LIBRARY.getRegionCodesForCountryCode(country)) {
        for (int i = 0; i < NUMBERS; i++) {
          String number = country + almost(significant(country, region));
          byte[] digits = DigitGroups.digitsOf(number);
          CountryNumbers.Kind kind = countries.kindOf(digits, 0, digits.length);
          if (kind != kindByLibrary("+" + number, "ZZ")) {
            different.add(number + " as " + kind);
          }
        }
      }
    }
    assertThat(different).isEmpty();
  }

  @Test
  void numbers_as_they_are_dialled_in_a_region_are_what_the_library_says() {
    List<String> different = new ArrayList<>();
    for (String region : LIBRARY.getSupportedRegions()) {
      NumberingPlans plans = new NumberingPlans(List.of(region));
      for (int i = 0; i < NUMBERS; i++) {
        String number = almost(dialled(region));
        byte[] digits = DigitGroups.digitsOf(number);
        boolean valid = plans.isValidNational(digits, digits.length, false);
        if (valid && kindByLibrary(number, region) == CountryNumbers.Kind.NONE) {
          different.add(number + " in " + region);
        }
      }
    }
    assertThat(different).isEmpty();
  }

  private String significant(int country, String region) {
    PhoneNumber example =
        region.equals("001")
            ? LIBRARY.getExampleNumberForNonGeoEntity(country)
            : LIBRARY.getExampleNumberForType(region, TYPES[random.nextInt(TYPES.length)]);
    return example == null ? "" : LIBRARY.getNationalSignificantNumber(example);
  }

  private String dialled(String region) {
    PhoneNumber example =
        LIBRARY.getExampleNumberForType(
            region, random.nextBoolean() ? PhoneNumberType.MOBILE : PhoneNumberType.FIXED_LINE);
    return example == null
        ? ""
        : PhoneNumberUtil.normalizeDigitsOnly(LIBRARY.format(example, PhoneNumberFormat.NATIONAL));
  }

  /** Returns a number with up to three other digits, sometimes with a prefix or without its end. */
  private String almost(String number) {
    StringBuilder changed = new StringBuilder(number.isEmpty() ? "0".repeat(10) : number);
    int changes = number.isEmpty() ? 30 : random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      changed.setCharAt(random.nextInt(changed.length()), (char) ('0' + random.nextInt(10)));
    }
    switch (random.nextInt(8)) {
      case 0 -> changed.insert(0, "0");
      case 1 -> changed.insert(0, "00");
      case 2 -> changed.insert(0, random.nextInt(10));
      case 3 -> changed.setLength(Math.max(2, changed.length() - 1));
      default -> {}
    }
    changed.setLength(Math.min(12, changed.length()));
    return changed.toString();
  }

  private static CountryNumbers.Kind kindByLibrary(String number, String region) {
    try {
      return switch (LIBRARY.getNumberType(LIBRARY.parse(number, region))) {
        case UNKNOWN -> CountryNumbers.Kind.NONE;
        case MOBILE -> CountryNumbers.Kind.MOBILE;
        default -> CountryNumbers.Kind.OTHER;
      };
    } catch (NumberParseException e) {
      return CountryNumbers.Kind.NONE;
    }
  }
}
