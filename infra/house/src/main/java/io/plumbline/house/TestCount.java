package io.plumbline.house;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Counts tests and assertions as they are written, so that a build shows when they become fewer.
 */
final class TestCount implements Rule {

  private static final Pattern JAVA_TEST =
      Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|ArchTest)\\b");
  private static final Pattern JAVA_ASSERTION =
      Pattern.compile("\\b(?:assert[A-Z]\\w*|andExpect\\w*|expect[A-Z]\\w*)\\(");
  private static final Pattern SCRIPT_TEST = Pattern.compile("(?m)^\\s*(?:it|test)(?:\\.each)?\\(");
  private static final Pattern SCRIPT_ASSERTION = Pattern.compile("\\bexpect(?:\\.\\w+)?\\(");

  @Override
  public String name() {
    return "tests in the sources";
  }

  @Override
  public Result check(List<SourceFile> files) {
    long tests = 0;
    long assertions = 0;
    for (SourceFile file : files) {
      if (file.hasEnding(".java") && file.path().contains("/src/test/")) {
        tests += count(JAVA_TEST, file);
        assertions += count(JAVA_ASSERTION, file);
      } else if (file.hasEnding(".ts", ".tsx") && file.path().startsWith("gateway/portal/")) {
        tests += count(SCRIPT_TEST, file);
        assertions += count(SCRIPT_ASSERTION, file);
      }
    }
    return new Result(tests + " (" + assertions + " assertions)", List.of());
  }

  private static long count(Pattern pattern, SourceFile file) {
    return pattern.matcher(file.withoutComments()).results().count();
  }
}
