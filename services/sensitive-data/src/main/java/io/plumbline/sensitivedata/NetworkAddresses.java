package io.plumbline.sensitivedata;

import static io.plumbline.sensitivedata.ScannedText.isAlphanumeric;
import static io.plumbline.sensitivedata.ScannedText.isDigit;
import static io.plumbline.sensitivedata.ScannedText.isHex;
import static io.plumbline.sensitivedata.ScannedText.isLetter;

/**
 * Detects e-mail addresses, credentials in URLs, IPv6 and MAC addresses. Every detector reads at
 * most the length of the longest legal address.
 */
final class NetworkAddresses {

  private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~.";
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 253;
  private static final int LONGEST_AUTHORITY = 512;
  private static final int LONGEST_IPV6 = 45;

  private NetworkAddresses() {}

  /**
   * Adds the e-mail address around an {@code @} (RFC 5321 section 4.1.2: dot-string or quoted
   * string, {@code @}, domain or address literal).
   */
  static void detectEmail(ScannedText scannedText, int at, Findings found) {
    int start = localPartStart(scannedText, at);
    if (start < 0) {
      return;
    }
    int end = hostEnd(scannedText, at + 1);
    if (end > 0) {
      found.add(SensitiveKind.EMAIL, start, end);
    }
  }

  private static int hostEnd(ScannedText scannedText, int from) {
    if (scannedText.at(from) == '[') {
      return literalEnd(scannedText, from);
    }
    return domainEnd(scannedText, from);
  }

  private static int localPartStart(ScannedText scannedText, int at) {
    if (scannedText.at(at - 1) == '"') {
      for (int i = at - 2; i >= 0 && at - i <= LONGEST_LOCAL; i--) {
        if (scannedText.at(i) == '"' && scannedText.at(i - 1) != '\\') {
          return i < at - 2 ? i : -1;
        }
      }
      return -1;
    }
    int start = at;
    while (start > 0 && at - start < LONGEST_LOCAL && isLocalPartChar(scannedText.at(start - 1))) {
      if (scannedText.at(start - 1) == '.' && (start == at || scannedText.at(start) == '.')) {
        break;
      }
      start--;
    }
    // Quotes, bullets and equals signs are legal in a local part, but in texts they nearly always
    // stand before it.
    while (start < at
        && !isAlphanumeric(scannedText.at(start))
        && scannedText.at(start) < 128
        && scannedText.at(start) != '_') {
      start++;
    }
    return start < at ? start : -1;
  }

  private static boolean isLocalPartChar(char c) {
    return isAlphanumeric(c)
        || (ATEXT.indexOf(c) >= 0 && c != 0)
        || (c >= 128 && Character.isLetterOrDigit(c));
  }

  private static int domainEnd(ScannedText scannedText, int from) {
    int end = -1;
    int i = from;
    while (i - from <= LONGEST_DOMAIN) {
      int label = i;
      while (isDomainChar(scannedText.at(i)) && i - label <= 63) {
        i++;
      }
      int labelEnd = i;
      while (labelEnd > label && scannedText.at(labelEnd - 1) == '-') {
        labelEnd--;
      }
      if (labelEnd == label || i - label > 63 || scannedText.at(label) == '-') {
        break;
      }
      boolean top =
          label > from
              && labelEnd - label >= 2
              && (isLetter(scannedText.at(label)) || scannedText.at(label) >= 128);
      if (top) {
        end = labelEnd;
      }
      if (labelEnd < i || scannedText.at(i) != '.') {
        break;
      }
      i++;
    }
    return end;
  }

  private static boolean isDomainChar(char c) {
    return isAlphanumeric(c) || c == '-' || (c >= 128 && Character.isLetterOrDigit(c));
  }

  private static int literalEnd(ScannedText scannedText, int from) {
    if (scannedText.startsWith("[IPv6:", from)) {
      return ipv6LiteralEnd(scannedText, from + 6);
    }
    int start = from + 1;
    int end = NumericIdentifiers.ipv4End(scannedText, start);
    if (end > start && scannedText.at(end) == ']') {
      return end + 1;
    }
    return -1;
  }

  private static int ipv6LiteralEnd(ScannedText scannedText, int start) {
    int end = hexRunEnd(scannedText, start);
    if (end > start && scannedText.at(end) == ']' && isIpv6(scannedText, start, end)) {
      return end + 1;
    }
    return -1;
  }

  /**
   * Adds the user information of a URL with a password: {@code scheme://user:password@} (RFC 3986
   * section 3.2.1).
   */
  static void detectUrlCredentials(ScannedText scannedText, int colon, Findings found) {
    if (scannedText.at(colon + 1) != '/'
        || scannedText.at(colon + 2) != '/'
        || !isAlphanumeric(scannedText.at(colon - 1))) {
      return;
    }
    int start = colon + 3;
    int password = -1;
    int end = -1;
    for (int i = start; i - start < LONGEST_AUTHORITY; i++) {
      char c = scannedText.at(i);
      if (c == 0
          || c == '/'
          || c == '?'
          || c == '#'
          || c == '"'
          || c == '<'
          || c == '>'
          || ScannedText.isSpace(c)) {
        break;
      }
      if (c == ':' && password < 0) {
        password = i + 1;
      } else if (c == '@') {
        end = i;
      }
    }
    if (password > start && end > password) {
      found.add(SensitiveKind.URL_CREDENTIALS, start, end);
    }
  }

  /**
   * Adds the IPv6 address around a colon, in any of the three forms of RFC 4291 section 2.2.
   *
   * @return the end of the run of hexadecimal digits and colons that was read
   */
  static int detectIpv6(ScannedText scannedText, int colon, Findings found) {
    int start = colon;
    while (colon - start < 5 && isHex(scannedText.at(start - 1))) {
      start--;
    }
    int end = hexRunEnd(scannedText, colon);
    boolean bounded =
        !isAlphanumeric(scannedText.at(start - 1))
            && scannedText.at(start - 1) != '_'
            && !isAlphanumeric(scannedText.at(end));
    int last = end;
    while (last > colon
        && (scannedText.at(last - 1) == '.'
            || (scannedText.at(last - 1) == ':' && scannedText.at(last - 2) != ':'))) {
      last--;
    }
    if (bounded && last - start <= LONGEST_IPV6 && last - start > 2) {
      if (isIpv6(scannedText, start, last) && isPlausibleAddress(scannedText, start, last)) {
        found.add(SensitiveKind.IPV6, start, last);
      }
    }
    return end;
  }

  /**
   * Returns whether an address is unlikely to be code or an encoding, such as {@code a::b} and
   * {@code A0::}: short forms need a digit and a group on both sides, or to be {@code ::1}.
   */
  private static boolean isPlausibleAddress(ScannedText scannedText, int start, int end) {
    boolean digit = false;
    int colons = 0;
    for (int i = start; i < end; i++) {
      digit |= isDigit(scannedText.at(i));
      colons += scannedText.at(i) == ':' ? 1 : 0;
    }
    boolean open = isGap(scannedText, start, end) || isGap(scannedText, end - 2, end);
    boolean loopback = end - start == 3 && scannedText.startsWith("::1", start);
    return colons >= 4 || loopback || (digit && (!open || colons == 3));
  }

  private static int hexRunEnd(ScannedText scannedText, int from) {
    int i = from;
    while (isHex(scannedText.at(i)) || scannedText.at(i) == ':' || scannedText.at(i) == '.') {
      i++;
    }
    return i;
  }

  /**
   * Returns whether characters are an IPv6 address. No digit may follow them.
   *
   * @param start the offset of a run of hexadecimal digits, colons and dots
   */
  private static boolean isIpv6(ScannedText scannedText, int start, int end) {
    boolean gap = isGap(scannedText, start, end);
    int groups = 0;
    int i = gap ? start + 2 : start;
    while (i < end) {
      int group = i;
      while (i < end && isHex(scannedText.at(i))) {
        i++;
      }
      if (i > group && i < end && scannedText.at(i) == '.') {
        return NumericIdentifiers.ipv4End(scannedText, group) == end
            && isGroupCount(groups + 2, gap);
      }
      if (i == group || i - group > 4 || i + 1 == end) {
        return false;
      }
      groups++;
      if (isGap(scannedText, i, end)) {
        if (gap) {
          return false;
        }
        gap = true;
        i++;
      }
      i++;
    }
    return isGroupCount(groups, gap);
  }

  private static boolean isGap(ScannedText scannedText, int at, int end) {
    return at + 1 < end && scannedText.at(at) == ':' && scannedText.at(at + 1) == ':';
  }

  /**
   * Returns whether an address can have so many groups, besides those that {@code ::} stands for.
   */
  private static boolean isGroupCount(int groups, boolean gap) {
    return gap ? groups <= 7 : groups == 8;
  }

  /**
   * Adds an IEEE 802 MAC-48 address in six pairs.
   *
   * @param separator the first colon or hyphen, after the first pair
   */
  static void detectMac(ScannedText scannedText, int separator, Findings found) {
    int start = separator - 2;
    if (!isHex(scannedText.at(start))
        || isAlphanumeric(scannedText.at(start - 1))
        || scannedText.at(start - 1) == scannedText.at(separator)) {
      return;
    }
    boolean letter = false; // six pairs of digits alone are far more often a row of numbers
    for (int pair = 0; pair < 6; pair++) {
      int at = start + 3 * pair;
      letter |= isLetter(scannedText.at(at)) || isLetter(scannedText.at(at + 1));
      if (!isHex(scannedText.at(at))
          || !isHex(scannedText.at(at + 1))
          || (pair < 5 && scannedText.at(at + 2) != scannedText.at(separator))) {
        return;
      }
    }
    char after = scannedText.at(start + 17);
    if (letter && !isAlphanumeric(after) && after != scannedText.at(separator)) {
      found.add(SensitiveKind.MAC_ADDRESS, start, start + 17);
    }
  }
}
