package io.plumbline.inference.provider;

import io.plumbline.sensitivedata.Masking;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import io.plumbline.sensitivedata.SensitiveKind;
import io.plumbline.sensitivedata.SensitiveScanners;
import java.util.EnumSet;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Makes a server's own words of a failure fit to be passed on, kept and logged: one line of bounded
 * length, masked, and without the key that the server was called by.
 */
@Component
class ServerWords {

  /** In characters. */
  static final int LONGEST = 500;

  /** What is read beyond the last character that is kept, so that a value is masked as a whole. */
  private static final int BEYOND = 4_096;

  /** Without numbers it remembers nothing. */
  private static final Masking MASKING = new Masking(EnumSet.allOf(SensitiveKind.class), false);

  private final SensitiveScanners scanners;

  ServerWords(SensitiveDataSettings settings) {
    this.scanners = new SensitiveScanners(settings);
  }

  /**
   * @param workspace whose connection it is
   * @param said by the server
   * @param key that the server was called by; empty where it needs none
   */
  String fit(UUID workspace, String said, String key) {
    String line =
        said.substring(0, Math.min(LONGEST + BEYOND, said.length()))
            .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Z}]+", " ")
            .strip();
    String keyless = key.isEmpty() ? line : line.replace(key, "<API_KEY>");
    String masked = MASKING.mask(keyless, scanners.of(workspace).scan(keyless));
    return head(masked);
  }

  /** PostgreSQL does not store half of a pair. */
  private static String head(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    boolean pair = Character.isHighSurrogate(text.charAt(LONGEST - 1));
    return text.substring(0, pair ? LONGEST - 1 : LONGEST);
  }
}
