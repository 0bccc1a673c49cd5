package io.plumbline.house;

import java.util.ArrayList;
import java.util.List;

/** Allows no line of code that is too long to fit beside another on a screen. */
final class LongLines implements Rule {

  private static final int COLUMNS = 120;

  @Override
  public String name() {
    return "lines over " + COLUMNS + " columns";
  }

  @Override
  public Result check(List<SourceFile> files) {
    List<String> found = new ArrayList<>();
    for (SourceFile file : files) {
      if (!file.hasEnding(".java", ".ts", ".tsx", ".js", ".mjs", ".sql")) {
        continue;
      }
      String[] lines = file.text().split("\n", -1);
      for (int i = 0; i < lines.length; i++) {
        if (lines[i].length() > COLUMNS) {
          found.add(
              file.path() + ":" + (i + 1) + ": " + lines[i].length() + " columns; break the line");
        }
      }
    }
    return Result.of(found);
  }
}
