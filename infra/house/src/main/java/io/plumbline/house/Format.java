package io.plumbline.house;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Formats Java sources with google-java-format: {@code Format --check|--apply FILE_OR_FOLDER...}.
 * With {@code --check} nothing is written and the exit code is 1 when a file is not formatted.
 */
public final class Format {

  private static final int MAX_PASSES = 5;
  private static final Formatter FORMATTER =
      new Formatter(
          JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.GOOGLE).build());

  private Format() {}

  public static void main(String[] args) {
    boolean apply = args[0].equals("--apply");
    List<Path> unformatted =
        Arrays.stream(args)
            .skip(1)
            .map(Path::of)
            .flatMap(Format::sources)
            .parallel()
            .filter(source -> formatFile(source, apply))
            .sorted()
            .toList();
    if (unformatted.isEmpty()) {
      return;
    }
    unformatted.forEach(
        source -> System.out.println((apply ? "formatted " : "not formatted: ") + source));
    if (!apply) {
      System.err.println(unformatted.size() + " files are not formatted. Run ./plumbline format.");
      System.exit(1);
    }
  }

  private static Stream<Path> sources(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file ->
              !file.toString().contains("/target/") && !file.toString().contains("/node_modules/"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether formatting changes a source, which is written if {@code apply} is set. */
  private static boolean formatFile(Path source, boolean apply) {
    try {
      String before = Files.readString(source);
      String after = format(source, before);
      if (after.equals(before)) {
        return false;
      }
      if (apply) {
        Files.writeString(source, after);
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Formats a source until nothing changes, because some files change again when they are formatted
   * a second time.
   */
  static String format(Path source, String text) {
    String before = text;
    for (int pass = 0; pass < MAX_PASSES; pass++) {
      String after = formatOnce(source, before);
      if (after.equals(before)) {
        return after;
      }
      before = after;
    }
    return before;
  }

  private static String formatOnce(Path source, String text) {
    try {
      String imports =
          ImportOrderer.reorderImports(
              RemoveUnusedImports.removeUnusedImports(text), JavaFormatterOptions.Style.GOOGLE);
      return StringWrapper.wrap(FORMATTER.formatSource(imports), FORMATTER);
    } catch (FormatterException e) {
      throw new IllegalArgumentException(source + " cannot be formatted: " + e.getMessage(), e);
    }
  }
}
