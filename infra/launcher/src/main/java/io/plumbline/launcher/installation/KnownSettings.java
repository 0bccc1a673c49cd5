package io.plumbline.launcher.installation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The settings of all applications, by the names of their environment variables: with {@code _} for
 * each dot, and for a hyphen {@code _} or nothing, as Spring Boot reads them.
 */
final class KnownSettings {

  private static final String FILE = "/settings.txt";

  private final List<Pattern> variables;

  private KnownSettings(List<Pattern> variables) {
    this.variables = variables;
  }

  static KnownSettings load() {
    try (InputStream file =
        Objects.requireNonNull(KnownSettings.class.getResourceAsStream(FILE), FILE)) {
      return new KnownSettings(
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(KnownSettings::variable)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the pattern of a setting's variable. A name that ends in {@code *} stands for all below
   * it.
   */
  private static Pattern variable(String setting) {
    return Pattern.compile(
        setting
            .toUpperCase(Locale.ROOT)
            .replace("-", "_?")
            .replace(".", "_")
            .replace("*", "[A-Z0-9_]+"));
  }

  boolean include(String variable) {
    return variables.stream().anyMatch(each -> each.matcher(variable).matches());
  }
}
