package io.plumbline.inference.provider;

import java.io.IOException;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Puts the data of server-sent events together: lines of {@code data} up to an empty line are one
 * (HTML standard, section 9.2.6). Other fields say nothing here.
 */
final class EventData {

  private static final String FIELD = "data:";

  /** In characters. */
  static final int MAX_EVENT = 1 << 20;

  private @Nullable StringJoiner pending;

  /**
   * @return the data of the event that the line ends
   * @throws IOException when the event is longer than {@link #MAX_EVENT}
   */
  Optional<String> add(String line) throws IOException {
    if (line.isEmpty()) {
      return end();
    }
    if (line.startsWith(FIELD)) {
      if (pending == null) {
        pending = new StringJoiner("\n");
      }
      String value = line.substring(FIELD.length());
      pending.add(value.startsWith(" ") ? value.substring(1) : value);
      if (pending.length() > MAX_EVENT) {
        throw new IOException("An event is longer than " + MAX_EVENT + " characters");
      }
    }
    return Optional.empty();
  }

  /**
   * @return the data of an event that no empty line ended
   */
  Optional<String> end() {
    Optional<String> data = Optional.ofNullable(pending).map(StringJoiner::toString);
    pending = null;
    return data;
  }
}
