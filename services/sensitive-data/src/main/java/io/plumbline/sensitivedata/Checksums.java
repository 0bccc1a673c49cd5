package io.plumbline.sensitivedata;

import io.plumbline.contracts.Digest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/** Verifies the check digits that distinguish real identifiers from similar strings. */
final class Checksums {

  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final byte[] BASE58_VALUES = base58Values();
  private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] BECH32_GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final int BECH32_CONSTANT = 1;
  private static final int BECH32M_CONSTANT = 0x2bc830a3;
  private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

  /** The values of 0-9A-Z at odd places of an Italian fiscal code (D.M. 23 December 1976). */
  private static final int[] FISCAL_ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8,
    12, 14, 16, 10, 22, 25, 24, 23
  };

  private Checksums() {}

  private static byte[] base58Values() {
    byte[] values = new byte[128];
    for (char c = 0; c < 128; c++) {
      values[c] = (byte) BASE58.indexOf(c);
    }
    return values;
  }

  /**
   * Returns whether an IBAN passes ISO/IEC 7064 MOD 97-10 as ISO 13616 applies it: country and
   * check digits move to the end, and letters count 10 to 35.
   */
  static boolean isIban(CharSequence iban) {
    int remainder = 0;
    for (int i = 0; i < iban.length(); i++) {
      int value = Character.digit(iban.charAt((i + 4) % iban.length()), 36);
      if (value < 0) {
        return false;
      }
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder == 1;
  }

  /**
   * Returns whether digits are a Cadastro de Pessoas Físicas: its two check digits are modulo 11,
   * and eleven equal digits are not issued.
   */
  static boolean isCpf(byte[] digits) {
    boolean distinct = false;
    for (int i = 1; i < digits.length; i++) {
      distinct |= digits[i] != digits[0];
    }
    return distinct && cpfDigit(digits, 9) == digits[9] && cpfDigit(digits, 10) == digits[10];
  }

  /**
   * Returns whether digits are a German identification number for taxes (section 139b
   * Abgabenordnung). Of the first ten digits one occurs twice, or three times but not in a row, and
   * no other one more than once. The last is the check digit of ISO/IEC 7064 MOD 11,10.
   */
  static boolean isGermanTaxId(CharSequence digits) {
    int[] times = new int[10];
    int product = 10;
    for (int i = 0; i < 10; i++) {
      int digit = digits.charAt(i) - '0';
      times[digit]++;
      if (i > 1
          && digits.charAt(i - 1) == digits.charAt(i)
          && digits.charAt(i - 2) == digits.charAt(i)) {
        return false;
      }
      int sum = (digit + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    int repeated = 0;
    for (int count : times) {
      if (count > 3) {
        return false;
      }
      if (count > 1) {
        repeated++;
      }
    }
    return repeated == 1 && (11 - product) % 10 == digits.charAt(10) - '0';
  }

  /**
   * Returns whether a text is a French number of the national register of persons (INSEE): its
   * month was issued, and its key is 97 less the number modulo 97. In the number the departments 2A
   * and 2B count as 19 and 18.
   */
  static boolean isFrenchNir(String number) {
    int month = Integer.parseInt(number.substring(3, 5));
    boolean issued =
        (month >= 1 && month <= 12) || month == 20 || (month >= 30 && month <= 42) || month >= 50;
    String value = number.substring(0, 13).replace("2A", "19").replace("2B", "18");
    return issued && 97 - Long.parseLong(value) % 97 == Integer.parseInt(number.substring(13));
  }

  private static int cpfDigit(byte[] digits, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += digits[i] * (count + 1 - i);
    }
    // A remainder of 10 gives the check digit 0.
    return sum * 10 % 11 % 10;
  }

  /**
   * Returns whether a token is a Spanish DNI (eight digits) or NIE (X, Y or Z and seven digits)
   * whose control letter fits the number modulo 23.
   */
  static boolean isSpanishDni(String token) {
    String digits = dniDigits(token);
    return digits.chars().allMatch(c -> c >= '0' && c <= '9')
        && DNI_LETTERS.charAt(Integer.parseInt(digits) % 23)
            == Character.toUpperCase(token.charAt(8));
  }

  private static String dniDigits(String token) {
    int leading = "XYZ".indexOf(token.charAt(0));
    if (leading < 0) {
      return token.substring(0, 8);
    }
    return leading + token.substring(1, 8);
  }

  /** Returns whether an Italian fiscal code ends with the sum of its characters, modulo 26. */
  static boolean isItalianFiscalCode(String code) {
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      int value = Character.digit(code.charAt(i), 36);
      sum += fiscalValue(value, i);
    }
    return sum % 26 == code.charAt(15) - 'A';
  }

  private static int fiscalValue(int value, int index) {
    if (index % 2 == 0) {
      return FISCAL_ODD[value];
    }
    if (value > 9) {
      return value - 10;
    }
    return value;
  }

  /**
   * Returns whether an address passes Base58Check: its last four bytes are the head of a double
   * SHA-256 of the rest, and its version is 0 (P2PKH) or 5 (P2SH).
   */
  static boolean passesBase58Check(String address) {
    int[] words = new int[7];
    // Five characters at a time have a value below 2^32.
    for (int i = 0; i < address.length(); i += 5) {
      long carry = 0;
      long power = 1;
      for (int j = i; j < Math.min(i + 5, address.length()); j++) {
        char c = address.charAt(j);
        int value = c < 128 ? BASE58_VALUES[c] : -1;
        if (value < 0) {
          return false;
        }
        carry = 58 * carry + value;
        power *= 58;
      }
      for (int word = words.length - 1; word >= 0; word--) {
        carry += power * Integer.toUnsignedLong(words[word]);
        words[word] = (int) carry;
        carry >>>= 32;
      }
      if (carry != 0) {
        return false;
      }
    }
    // Of the 28 bytes an address has 25, of which the first is its version.
    if (words[0] != 0 && words[0] != 5) {
      return false;
    }
    byte[] decoded = bytesOf(words);
    MessageDigest sha256 = Digest.sha256();
    sha256.update(decoded, 3, 21);
    byte[] hash = sha256.digest(sha256.digest());
    return Arrays.equals(hash, 0, 4, decoded, 24, 28);
  }

  private static byte[] bytesOf(int[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * words.length);
    for (int word : words) {
      bytes.putInt(word);
    }
    return bytes.array();
  }

  /** Returns whether the BCH code (BIP 173, BIP 350) over {@code bc} and the data is right. */
  static boolean passesBech32(String address) {
    int checksum = 1;
    for (int value : new int[] {3, 3, 0, 2, 3}) { // "bc", expanded: high bits, zero, low bits
      checksum = polymod(checksum, value);
    }
    for (int i = 3; i < address.length(); i++) {
      int value = BECH32.indexOf(address.charAt(i));
      if (value < 0) {
        return false;
      }
      checksum = polymod(checksum, value);
    }
    return checksum == BECH32_CONSTANT || checksum == BECH32M_CONSTANT;
  }

  private static int polymod(int checksum, int value) {
    int top = checksum >>> 25;
    int next = (checksum & 0x1ffffff) << 5 ^ value;
    for (int i = 0; i < 5; i++) {
      if ((top >>> i & 1) == 1) {
        next ^= BECH32_GENERATOR[i];
      }
    }
    return next;
  }
}
