package io.plumbline.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks the rules of the source tree below a folder, prints a line for each, and exits with 1 when
 * one is broken.
 */
public final class SourceRules {

  private static final int MAX_SHOWN = 40;
  private static final Set<String> SKIPPED =
      Set.of(".git", ".plumbline", "target", "node_modules", "dist", "generated", "public");

  private static final Set<String> READ =
      Set.of(
          "java",
          "ts",
          "tsx",
          "js",
          "mjs",
          "sql",
          "properties",
          "yaml",
          "yml",
          "json",
          "md",
          "xml",
          "css",
          // The scripts, which have no ending.
          "plumbline",
          "run");

  private static final List<Rule> RULES =
      List.of(
          new RetiredWords(),
          new FragmentJavadocs(),
          new LongLines(),
          new PackageCycles(),
          new CrowdedFolders(),
          new LonelyWebPackages(),
          new Suppressions(),
          new PositionalColumns(),
          new UntaggedServerTests(),
          new PatternsWithoutMessage(),
          new MigrationRules(),
          new TestCount());

  private SourceRules() {}

  public static void main(String[] args) throws IOException {
    List<SourceFile> files = readFiles(Path.of(args[0]));
    boolean broken = false;
    for (Rule rule : RULES) {
      Rule.Result result = rule.check(files);
      System.out.printf("%-40s %s%n", rule.name(), result.figure());
      result.violations().stream()
          .limit(MAX_SHOWN)
          .forEach(violation -> System.err.println("  " + violation));
      if (result.violations().size() > MAX_SHOWN) {
        System.err.println("  and " + (result.violations().size() - MAX_SHOWN) + " more");
      }
      broken |= !result.violations().isEmpty();
    }
    if (broken) {
      System.exit(1);
    }
  }

  static List<SourceFile> readFiles(Path root) throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> READ.contains(ending(file)))
          .filter(file ->
              Stream.of(root.relativize(file).toString().split("[/\\\\]"))
                  .noneMatch(SKIPPED::contains))
          .sorted()
          .map(file -> SourceFile.read(root, file))
          .toList();
    }
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
