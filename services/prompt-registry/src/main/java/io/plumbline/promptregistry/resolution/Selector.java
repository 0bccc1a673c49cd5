package io.plumbline.promptregistry.resolution;

import io.plumbline.promptregistry.prompt.Label;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which version of a prompt is asked for. */
sealed interface Selector {

  /** What is asked for when nothing is named. */
  Selector PRODUCTION = new Labelled(new Label("production"));

  /** A query for a version, as it is mostly sent. */
  Pattern NUMBERED = Pattern.compile("version=[1-9][0-9]{0,8}");

  /** The version that a label points to. */
  record Labelled(Label label) implements Selector {}

  /** A version by its number. */
  record Numbered(int version) implements Selector {}

  /**
   * Reads the query of a request as it was sent.
   *
   * @return empty for one that is not in its plainest form, whatever it says
   */
  static Optional<Selector> plain(@Nullable String query) {
    if (query == null) {
      return Optional.of(PRODUCTION);
    }
    if (query.startsWith("label=")) {
      return Optional.of(query.substring("label=".length()))
          .filter(Label::isLabel)
          .map(label -> new Labelled(new Label(label)));
    }
    return NUMBERED.matcher(query).matches()
        ? Optional.of(new Numbered(Integer.parseInt(query.substring("version=".length()))))
        : Optional.empty();
  }
}
