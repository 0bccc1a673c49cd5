package io.plumbline.inference.provider;

import io.plumbline.platform.body.StorableText;
import io.plumbline.sensitivedata.Masking;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import io.plumbline.sensitivedata.SensitiveScanners;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Prepares a server's own message about a failure, so that it can be passed on, kept and logged.
 * The result is one line of bounded length, masked, and without the key that the server was called
 * with.
 */
@Component
class ProviderMessages {

  /** The maximum length of the text that is passed on, in characters. */
  static final int MAX_CHARACTERS = 500;

  /** The characters read beyond the last one that is kept, so that a value is masked as a whole. */
  private static final int BEYOND = 4_096;

  private final SensitiveScanners scanners;

  ProviderMessages(SensitiveDataSettings settings) {
    this.scanners = new SensitiveScanners(settings);
  }

  /**
   * Returns a message that may be passed on.
   *
   * @param workspace the workspace of the connection
   * @param said the message of the server
   * @param key the key that the server was called with; empty where it needs none
   */
  String sanitize(UUID workspace, String said, String key) {
    String line =
        StorableText.oneLine(said.substring(0, Math.min(MAX_CHARACTERS + BEYOND, said.length())));
    String keyless = key.isEmpty() ? line : line.replace(key, "<API_KEY>");
    String masked = Masking.UNNUMBERED.mask(keyless, scanners.of(workspace).scan(keyless));
    return StorableText.truncate(masked, MAX_CHARACTERS);
  }
}
