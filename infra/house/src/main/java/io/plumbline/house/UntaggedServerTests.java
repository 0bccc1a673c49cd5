package io.plumbline.house;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Requires a tag on each test that starts an application, so that the unit tests can leave it out.
 * Tests that start PostgreSQL or Kafka need no check: they fail as unit tests by themselves.
 */
final class UntaggedServerTests implements Rule {

  private static final Pattern STARTS = Pattern.compile("(?m)^@SpringBootTest\\b");

  @Override
  public String name() {
    return "server tests without their tag";
  }

  @Override
  public Result check(List<SourceFile> files) {
    return Result.of(
        files.stream()
            .filter(file -> file.hasEnding(".java") && !file.path().startsWith("infra/house/"))
            .filter(file -> STARTS.matcher(file.text()).find())
            .filter(file -> !file.text().contains("@Tag(\"servers\")"))
            .map(file -> file.path() + ": tag it @Tag(\"servers\"), for ./plumbline test --unit")
            .toList());
  }
}
