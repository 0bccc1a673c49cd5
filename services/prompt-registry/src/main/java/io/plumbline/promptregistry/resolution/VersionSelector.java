package io.plumbline.promptregistry.resolution;

import io.plumbline.promptregistry.prompt.Label;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of a prompt that a request selects. */
sealed interface VersionSelector {

  /** The selector of a request that names neither a label nor a version. */
  VersionSelector PRODUCTION = new Labelled(new Label("production"));

  /** The form in which a query for a version is mostly sent. */
  Pattern NUMBERED = Pattern.compile("version=[1-9][0-9]{0,8}");

  /** The version that a label points to. */
  record Labelled(Label label) implements VersionSelector {}

  /** A version by its number. */
  record Numbered(int version) implements VersionSelector {}

  /**
   * Reads the query of a request as it was sent.
   *
   * @return empty for a query that is not in its plainest form, whether it is valid or not
   */
  static Optional<VersionSelector> parsePlain(@Nullable String query) {
    if (query == null) {
      return Optional.of(PRODUCTION);
    }
    if (query.startsWith("label=")) {
      return Optional.of(query.substring("label=".length()))
          .filter(Label::isLabel)
          .map(label -> new Labelled(new Label(label)));
    }
    if (NUMBERED.matcher(query).matches()) {
      return Optional.of(new Numbered(Integer.parseInt(query.substring("version=".length()))));
    }
    return Optional.empty();
  }
}
