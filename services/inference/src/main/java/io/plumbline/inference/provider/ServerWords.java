package io.plumbline.inference.provider;

import io.plumbline.sensitivedata.Masking;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import io.plumbline.sensitivedata.SensitiveKind;
import io.plumbline.sensitivedata.SensitiveScanners;
import java.util.EnumSet;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Prepares a server's own words about a failure for being passed on, kept and logged: one line of
 * bounded length, masked, and without the key that the server was called with.
 */
@Component
class ServerWords {

  /** The longest text that is passed on, in characters. */
  static final int LONGEST = 500;

  /** The characters read beyond the last one that is kept, so that a value is masked as a whole. */
  private static final int BEYOND = 4_096;

  /** The masking; without numbers for its findings, so that it remembers nothing. */
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

  /** Cuts a text without splitting a surrogate pair, half of which PostgreSQL does not store. */
  private static String head(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    boolean pair = Character.isHighSurrogate(text.charAt(LONGEST - 1));
    return text.substring(0, pair ? LONGEST - 1 : LONGEST);
  }
}
