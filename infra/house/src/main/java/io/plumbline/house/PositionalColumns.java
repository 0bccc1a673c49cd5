package io.plumbline.house;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Requires SQL to name its columns, so that one that is added or moved shifts no value: rows are
 * read by the names of their columns, and each insert lists what it fills.
 */
final class PositionalColumns implements Rule {

  private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\+\\s*\"");

  private static final Pattern BY_POSITION =
      Pattern.compile(
          "\\.get[A-Z][A-Za-z]+\\(\\d+[,)]"
              + "|INSERT INTO\\s+\\w+(?:\\s+AS\\s+\\w+)?\\s+(?:VALUES|SELECT)\\b");

  @Override
  public String name() {
    return "columns by their position";
  }

  @Override
  public Result check(List<SourceFile> files) {
    return Result.of(
        files.stream()
            .filter(file -> file.isMainJava() && file.path().startsWith("services/"))
            .flatMap(PositionalColumns::check)
            .toList());
  }

  private static Stream<String> check(SourceFile file) {
    return BY_POSITION
        .matcher(CONCATENATION.matcher(file.withoutComments()).replaceAll(""))
        .results()
        .map(found -> found.group().replaceAll("\\s+", " "))
        .map(found -> file.path() + ": \"" + found + "\"; name the columns");
  }
}
