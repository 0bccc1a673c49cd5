package io.plumbline.inference.provider;

import java.io.IOException;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the data of server-sent events: the lines of {@code data} up to an empty line are one
 * event (HTML standard, section 9.2.6). Other fields are ignored.
 */
final class ServerSentEventParser {

  private static final String FIELD = "data:";

  /** The maximum length of an event, in characters. */
  static final int MAX_EVENT = 1 << 20;

  private @Nullable StringJoiner pending;

  /**
   * Adds a line.
   *
   * @return the data of the event that the line ends; empty when it ends none
   * @throws IOException when the event is longer than {@link #MAX_EVENT}
   */
  Optional<String> addLine(String line) throws IOException {
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
   * Ends the stream.
   *
   * @return the data of an event that no empty line ended; empty when there is none
   */
  Optional<String> end() {
    Optional<String> data = Optional.ofNullable(pending).map(StringJoiner::toString);
    pending = null;
    return data;
  }
}
