package io.plumbline.datasetregistry.document;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a Markdown file (CommonMark). The front matter, which site generators expect between two
 * lines of three hyphens, is left out except for its title. Without one, the first heading is the
 * title.
 */
final class MarkdownFile {

  private static final String FRONT_MATTER_FENCE = "---";

  private MarkdownFile() {}

  static ExtractedText read(Path file) throws IOException, UnreadableFile {
    String content = TextFile.content(file);
    List<String> lines = content.lines().toList();
    int matter = endOfFrontMatter(lines);
    List<String> body = lines.subList(matter, lines.size());
    String title = titleInFrontMatter(lines.subList(0, matter));
    return new ExtractedText(
        title.isEmpty() ? firstHeading(body) : title,
        matter == 0 ? content : String.join("\n", body).strip());
  }

  /** Returns the index of the first line after the front matter; 0 if there is none. */
  private static int endOfFrontMatter(List<String> lines) {
    if (lines.isEmpty() || !lines.getFirst().stripTrailing().equals(FRONT_MATTER_FENCE)) {
      return 0;
    }
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      if (line.equals(FRONT_MATTER_FENCE) || line.equals("...")) {
        return i + 1;
      }
    }
    return 0;
  }

  private static String titleInFrontMatter(List<String> matter) {
    return matter.stream()
        .filter(line -> line.startsWith("title:"))
        .map(line -> unquoted(line.substring("title:".length()).strip()))
        .findFirst()
        .orElse("");
  }

  private static String unquoted(String scalar) {
    boolean quoted =
        scalar.length() > 1
            && (scalar.startsWith("\"") || scalar.startsWith("'"))
            && scalar.charAt(scalar.length() - 1) == scalar.charAt(0);
    return quoted ? scalar.substring(1, scalar.length() - 1) : scalar;
  }

  private static String firstHeading(List<String> lines) {
    String fence = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!fence.isEmpty()) {
        if (line.startsWith(fence)) {
          fence = "";
        }
      } else if (line.startsWith("```") || line.startsWith("~~~")) {
        fence = line.substring(0, 3);
      } else if (line.matches("#{1,6}\\s.*")) {
        return withoutClosing(line.replaceFirst("^#{1,6}\\s+", ""));
      } else if (!line.isEmpty()
          && i + 1 < lines.size()
          && lines.get(i + 1).strip().matches("=+|-{2,}")) {
        return line;
      }
    }
    return "";
  }

  /**
   * Returns a heading without its closing hashes. This is no regular expression, because one would
   * scan all white space again from each of its characters.
   */
  private static String withoutClosing(String heading) {
    int end = heading.length();
    while (end > 0 && heading.charAt(end - 1) == '#') {
      end--;
    }
    if (end == heading.length() || end == 0 || !Character.isWhitespace(heading.charAt(end - 1))) {
      return heading;
    }
    return heading.substring(0, end).stripTrailing();
  }
}
