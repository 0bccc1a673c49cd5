package io.plumbline.house;

import java.util.ArrayList;
import java.util.List;

/** Requires a reason, in a comment above or behind it, for each suppressed warning. */
final class Suppressions implements Rule {

  @Override
  public String name() {
    return "suppressions without a reason";
  }

  @Override
  public Result check(List<SourceFile> files) {
    List<String> found = new ArrayList<>();
    for (SourceFile file : files) {
      if (!file.hasEnding(".java", ".ts", ".tsx") || file.path().startsWith("infra/house/")) {
        continue;
      }
      String[] lines = file.text().split("\n", -1);
      for (int i = 0; i < lines.length; i++) {
        if (isSuppression(lines[i]) && !isExplained(lines, i)) {
          found.add(
              file.path()
                  + ":"
                  + (i + 1)
                  + ": say in a comment above it why the warning does not apply");
        }
      }
    }
    return Result.of(found);
  }

  private static boolean isSuppression(String line) {
    String code = line.strip();
    return code.startsWith("@SuppressWarnings(")
        || code.contains("eslint-disable")
        || code.contains("@ts-expect-error");
  }

  private static boolean isExplained(String[] lines, int at) {
    String line = lines[at];
    if (line.contains("eslint-disable") || line.contains("@ts-expect-error")) {
      return line.contains(" -- ") || lineAbove(lines, at).startsWith("//");
    }
    String above = lineAbove(lines, at);
    return line.contains("//") || above.startsWith("//") || above.endsWith("*/");
  }

  /** Returns the nearest line above that is not an annotation, or nothing. */
  private static String lineAbove(String[] lines, int at) {
    for (int i = at - 1; i >= 0; i--) {
      String line = lines[i].strip();
      if (!line.startsWith("@")) {
        return line;
      }
    }
    return "";
  }
}
