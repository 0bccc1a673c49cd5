package io.plumbline.inference.provider;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the data of server-sent events: the lines of {@code data} up to an empty line are one
 * event (HTML standard, section 9.2.6). Other fields are ignored.
 */
final class ServerSentEventParser {

  private static final String FIELD = "data:";

  /** The maximum length of an event, in characters. */
  static final int MAX_EVENT = 1 << 20;

  /** The data of an event that has one line so far, which is not copied. */
  private @Nullable String line;

  /** The data of an event with several lines. */
  private @Nullable StringBuilder lines;

  /**
   * Adds a line.
   *
   * @return the data of the event that the line ends; empty when it ends none
   * @throws IOException when the event is longer than {@link #MAX_EVENT}
   */
  Optional<String> addLine(String next) throws IOException {
    if (next.isEmpty()) {
      return end();
    }
    if (next.startsWith(FIELD)) {
      boolean spaced = next.startsWith(" ", FIELD.length());
      addData(next.substring(FIELD.length() + (spaced ? 1 : 0)));
    }
    return Optional.empty();
  }

  private void addData(String data) throws IOException {
    if (line == null) {
      line = data;
    } else {
      if (lines == null) {
        lines = new StringBuilder(line);
      }
      lines.append('\n').append(data);
    }
    int length = lines == null ? line.length() : lines.length();
    if (length > MAX_EVENT) {
      throw new IOException("An event is longer than " + MAX_EVENT + " characters");
    }
  }

  /**
   * Ends the stream.
   *
   * @return the data of an event that no empty line ended; empty when there is none
   */
  Optional<String> end() {
    Optional<String> data =
        lines == null ? Optional.ofNullable(line) : Optional.of(lines.toString());
    line = null;
    lines = null;
    return data;
  }
}
