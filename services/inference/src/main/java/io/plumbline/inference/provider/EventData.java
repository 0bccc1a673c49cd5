package io.plumbline.inference.provider;

import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Puts the data of server-sent events together: lines of {@code data} up to an empty line are one
 * (HTML standard, section 9.2.6). Other fields say nothing here.
 */
public final class EventData {

  private static final String FIELD = "data:";

  private @Nullable StringJoiner pending;

  /**
   * @return the data of the event that the line ends
   */
  public Optional<String> add(String line) {
    if (line.isEmpty()) {
      return end();
    }
    if (line.startsWith(FIELD)) {
      if (pending == null) {
        pending = new StringJoiner("\n");
      }
      String value = line.substring(FIELD.length());
      pending.add(value.startsWith(" ") ? value.substring(1) : value);
    }
    return Optional.empty();
  }

  /**
   * @return the data of an event that no empty line ended
   */
  public Optional<String> end() {
    Optional<String> data = Optional.ofNullable(pending).map(StringJoiner::toString);
    pending = null;
    return data;
  }
}
