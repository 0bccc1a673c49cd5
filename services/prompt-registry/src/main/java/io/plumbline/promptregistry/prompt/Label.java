package io.plumbline.promptregistry.prompt;

import java.util.regex.Pattern;

/** The name of a movable pointer to a version. */
public record Label(String value) {

  /** The form of a label: letters in lower case, digits and {@code ._-}, starting with a letter. */
  public static final String FORM = "[a-z][a-z0-9._-]{0,62}";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  /** The label that always points to the newest version and cannot be moved. */
  public static final Label LATEST = new Label("latest");

  public Label {
    if (!isLabel(value)) {
      throw new IllegalArgumentException(
          "A label has 1 to 63 lower-case letters, digits, dots, underscores and hyphens and begins"
              + " with a letter");
    }
  }

  /** Returns whether a text has the form of a label. */
  public static boolean isLabel(String text) {
    return PATTERN.matcher(text).matches();
  }
}
