package io.plumbline.sensitivedata;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The numbers of all country codes, each of which is read when a text first has it. */
final class Countries {

  private static final int CODES = 1_000;

  private static final boolean[] SUPPORTED = supported();

  private static final AtomicReferenceArray<@Nullable CountryNumbers> READ =
      new AtomicReferenceArray<>(CODES);

  private static boolean[] supported() {
    boolean[] supported = new boolean[CODES];
    PhoneNumberUtil.getInstance()
        .getSupportedCallingCodes()
        .forEach(code -> supported[code] = true);
    return supported;
  }

  /** Returns the numbers of a supported country code. */
  CountryNumbers of(int code) {
    CountryNumbers read = READ.get(code);
    if (read == null) {
      read = CountryNumbers.of(code);
      READ.set(code, read);
    }
    return read;
  }

  /** Returns whether three digits, as a number, begin with a supported country code. */
  boolean isCodeSupported(int leading) {
    return leading >= 100
        && (SUPPORTED[leading / 100] || SUPPORTED[leading / 10] || SUPPORTED[leading]);
  }

  /** Returns the kind of digits that begin with a country code. No code begins another one. */
  CountryNumbers.Kind kindOf(byte[] digits, int from, int to) {
    int code = 0;
    for (int i = from; i < to && i < from + 3; i++) {
      code = 10 * code + digits[i];
      if (code == 0) {
        return CountryNumbers.Kind.NONE;
      }
      if (SUPPORTED[code]) {
        return of(code).kindAfterPrefix(digits, i + 1, to);
      }
    }
    return CountryNumbers.Kind.NONE;
  }
}
