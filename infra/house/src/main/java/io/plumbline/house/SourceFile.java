package io.plumbline.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text file of the repository; its path is relative to the root, with {@code /} between names.
 */
record SourceFile(String path, String text) {

  /**
   * The comments of Java and, in group 1, its strings and text blocks. Those are matched first, so
   * that what looks like a comment inside one stays.
   */
  private static final Pattern JAVA =
      Pattern.compile(
          "(\"\"\"(?s:\\\\.|(?!\"\"\").)*+\"\"\""
              + "|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])+')"
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

  boolean hasEnding(String... endings) {
    return List.of(endings).stream().anyMatch(ending -> path.endsWith(ending));
  }

  boolean isMainJava() {
    return hasEnding(".java") && path.contains("/src/main/java/");
  }

  /** Returns whether the file is one of the two scripts, which have no ending. */
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
   * Returns the text with each comment replaced by as many line ends as it had, so that names and
   * messages stay on their lines.
   */
  String withoutComments() {
    if (hasEnding(".md")) {
      return text;
    }
    return commentPattern().matcher(text).replaceAll(SourceFile::commentReplacement);
  }

  /** Returns the comments of a Java source, with their delimiters. */
  Stream<MatchResult> javaComments() {
    return JAVA.matcher(text).results().filter(found -> found.group(1) == null);
  }

  /** Returns the number of the line that holds the character at this index; the first line is 1. */
  long lineNumberAt(int index) {
    return 1 + lineEnds(text.substring(0, index));
  }

  /** Returns the pattern of the file's language, whose group 1 is what to keep. */
  private Pattern commentPattern() {
    if (hasEnding(".java")) {
      return JAVA;
    }
    if (hasEnding(".sql")) {
      return SQL;
    }
    if (hasEnding(".yaml", ".yml") || isScript()) {
      return YAML;
    }
    return hasEnding(".xml") ? XML : SCRIPT;
  }

  private static String commentReplacement(MatchResult found) {
    return found.group(1) != null
        ? Matcher.quoteReplacement(found.group())
        : "\n".repeat((int) lineEnds(found.group()));
  }

  private static long lineEnds(String text) {
    return text.chars().filter(c -> c == '\n').count();
  }
}
