package io.plumbline.promptregistry.prompt;

import java.util.regex.Pattern;

/** The name of a prompt, in paths and for people. */
public record PromptName(String value) {

  /** The form of a name: letters in lower case, digits and hyphens, starting with a letter. */
  public static final String FORM = "[a-z][a-z0-9-]{0,62}";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  public PromptName {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A prompt's name has 1 to 63 lower-case letters, digits and hyphens and begins with a"
              + " letter");
    }
  }
}
