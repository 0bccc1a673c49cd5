package io.plumbline.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text file of the repository; its path is relative to the root, with {@code /} between names.
 */
record SourceFile(String path, String text) {

  /**
   * Strings and text blocks are matched first, so that what looks like a comment inside one stays.
   */
  private static final Pattern JAVA =
      Pattern.compile(
          "(\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])+')"
              + "|//[^\\n]*|/\\*(?s:.*?)\\*/");

  private static final Pattern SCRIPT =
      Pattern.compile(
          "(`(?:\\\\.|[^`\\\\])*+`|(?<![:/])(?=\\w://))|(?<![:\"'/])//[^\\n]*|/\\*(?s:.*?)\\*/");

  private static final Pattern SQL = Pattern.compile("('(?:''|[^'])*+')|--[^\\n]*");
  private static final Pattern XML = Pattern.compile("(\\z.)|<!--(?s:.*?)-->");
  private static final Pattern YAML =
      Pattern.compile("(\"(?:\\\\.|[^\"\\\\\\n])*+\")|(?<=^|\\s)#[^\\n]*");

  static SourceFile read(Path root, Path file) {
    try {
      return new SourceFile(
          root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean is(String... endings) {
    return List.of(endings).stream().anyMatch(ending -> path.endsWith(ending));
  }

  boolean isMainJava() {
    return is(".java") && path.contains("/src/main/java/");
  }

  /** The scripts have no ending: {@code plumbline} and {@code .ci/run}. */
  boolean isScript() {
    return path.equals("plumbline") || path.equals(".ci/run");
  }

  String folder() {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * The text with each comment replaced by as many line ends as it had: names and messages, each on
   * its line.
   */
  String withoutComments() {
    Pattern language =
        is(".java")
            ? JAVA
            : is(".sql")
                ? SQL
                : is(".yaml", ".yml") || isScript()
                    ? YAML
                    : is(".xml") ? XML : is(".md") ? null : SCRIPT;
    if (language == null) {
      return text;
    }
    return language
        .matcher(text)
        .replaceAll(found ->
            found.group(1) != null
                ? Matcher.quoteReplacement(found.group())
                : "\n".repeat((int) found.group().chars().filter(c -> c == '\n').count()));
  }
}
