package io.plumbline.house;

import java.util.List;
import java.util.regex.Pattern;

/** Requires a message of each pattern that a field must match, since callers read no patterns. */
final class PatternsWithoutMessage implements Rule {

  /** An annotation that names no message outside its strings. */
  private static final Pattern SILENT =
      Pattern.compile("@Pattern\\((?:\"(?:\\\\.|[^\"\\\\])*+\"|(?!\\bmessage\\s*=)[^\")])*+\\)");

  @Override
  public String name() {
    return "patterns without a message";
  }

  @Override
  public Result check(List<SourceFile> files) {
    return Result.of(
        files.stream()
            .filter(SourceFile::isMainJava)
            .flatMap(file ->
                SILENT
                    .matcher(file.text())
                    .results()
                    .map(found ->
                        "%s:%d: give the @Pattern a message in plain words"
                            .formatted(file.path(), file.lineNumberAt(found.start()))))
            .toList());
  }
}
