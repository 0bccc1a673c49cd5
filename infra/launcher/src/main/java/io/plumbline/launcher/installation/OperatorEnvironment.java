package io.plumbline.launcher.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operator's settings of the applications on this machine, one variable a line as {@code
 * NAME=value}. They are kept in a file because a variable of a shell is lost at the next start.
 */
public record OperatorEnvironment(Path file) {

  /**
   * A line of the file. Only {@code PLUMBLINE_} variables are allowed: others could direct a
   * process elsewhere than the launcher reports.
   */
  private static final Pattern LINE = Pattern.compile("(PLUMBLINE_[A-Z0-9_]+)=(.*)");

  /**
   * Returns the variables that the file sets.
   *
   * @throws LauncherException naming the line that sets nothing of any application
   */
  public Map<String, String> get() {
    Map<String, String> variables = new TreeMap<>();
    KnownSettings known = KnownSettings.load();
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher variable = LINE.matcher(line);
      if (!variable.matches()) {
        throw new LauncherException(
            ("Line %d of %s is not a variable: write PLUMBLINE_…=value, without quotes, or # before"
                    + " a comment.")
                .formatted(i + 1, file));
      }
      if (!known.include(variable.group(1))) {
        throw new LauncherException(
            ("Line %d of %s sets nothing: no application has a setting %s. docs/services lists the"
                    + " settings.")
                .formatted(i + 1, file, variable.group(1)));
      }
      variables.put(variable.group(1), variable.group(2).strip());
    }
    return variables;
  }

  /**
   * Returns the variables that the shell of this command does not set itself. The shell takes
   * precedence.
   */
  public Map<String, String> variablesNotInShell(Predicate<String> isSet) {
    Map<String, String> variables = get();
    variables.keySet().removeIf(isSet);
    return variables;
  }

  private List<String> lines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
