package io.plumbline.inference.release;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of releases.
 *
 * @param environments the names of the environments of every application, at least one
 * @param canaryAnswers the compared answers with which a canary may be promoted, where its request
 *     names no number
 */
@ConfigurationProperties("plumbline.releases")
record ReleaseSettings(
    @DefaultValue({"production", "staging", "development"}) List<String> environments,
    @DefaultValue("500") int canaryAnswers) {

  static final String ENVIRONMENT = "[a-z][a-z0-9-]{0,30}";
  static final String ENVIRONMENT_MESSAGE =
      "must be 1 to 31 lower-case letters, digits and hyphens, beginning with a letter";
  private static final Pattern NAME = Pattern.compile(ENVIRONMENT);

  ReleaseSettings {
    environments = List.copyOf(environments);
    if (environments.isEmpty()) {
      throw new IllegalArgumentException(
          "plumbline.releases.environments is empty: name at least one environment, such as"
              + " production.");
    }
    environments.forEach(name -> {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "plumbline.releases.environments has '%s': a name begins with a lower-case letter,"
                    .formatted(name)
                + " followed by up to 30 lower-case letters, digits and hyphens.");
      }
    });
  }
}
