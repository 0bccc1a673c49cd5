package io.plumbline.demo.step;

import io.plumbline.demo.api.StepFailed;
import java.util.Locale;
import java.util.Map;

/**
 * The amount of mail and questions that the demo takes through its steps, set by {@value
 * #VARIABLE}.
 *
 * <p>{@code full} is the demo: enough items that all verdicts have their expected outcomes with a
 * probability of 99%. {@code small} is for tests. It runs every step with two fifths of the mails,
 * a lower threshold of accuracy that so few mails can decide, the half of the documentation that is
 * about commands, and one division of it into passages. Its verdicts show that the steps work, and
 * nothing about the full demo's criteria.
 */
public enum DemoSize {
  FULL,
  SMALL;

  static final String VARIABLE = "PLUMBLINE_DEMO_SIZE";

  /** Returns the size that the environment names; full when it names none. */
  public static DemoSize of(Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "").strip();
    if (value.isEmpty()) {
      return FULL;
    }
    for (DemoSize size : values()) {
      if (size.name().toLowerCase(Locale.ROOT).equals(value)) {
        return size;
      }
    }
    throw new StepFailed(
        "%s is '%s': set it to 'full' or 'small', or unset it for 'full'."
            .formatted(VARIABLE, value));
  }
}
