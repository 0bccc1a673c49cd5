package io.plumbline.launcher.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTimesTests {

  private final BuildTimes times = new BuildTimes();

  @Test
  void the_twenty_slowest_classes_are_printed() {
    IntStream.rangeClosed(1, 21).forEach(i -> times.addTestClass("a.Class" + i, i, 1));

    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    times.print(new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(21)
        .startsWith("Slowest test classes:", "     21.0 s  a.Class21")
        .endsWith("      2.0 s  a.Class2");
  }

  @Test
  void every_module_and_every_class_is_kept(@TempDir Path folder) throws IOException {
    times.addModule("services/b", 61);
    times.addModule("services/a", 2.5);
    times.addTestClass("a.Quick", 0.25, 3);
    times.addTestClass("b.Slow", 60.5, 1);

    Path file = folder.resolve("times.tsv");
    times.write(file);

    assertThat(file)
        .hasContent(
            """
            kind\tname\tseconds\ttests
            module\tservices/b\t61.0\t
            module\tservices/a\t2.5\t
            class\tb.Slow\t60.5\t1
            class\ta.Quick\t0.25\t3
            """);
  }

  @Test
  void what_a_module_measured_itself_replaces_what_the_build_says(@TempDir Path folder)
      throws IOException {
    times.addTestClass("a.Beside", 400, 0);
    Path own = folder.resolve("own.tsv");
    Files.writeString(own, "class\tseconds\ttests\na.Beside\t12.5\t2\n");

    times.read(own);

    Path file = folder.resolve("times.tsv");
    times.write(file);
    assertThat(file).hasContent("kind\tname\tseconds\ttests\nclass\ta.Beside\t12.5\t2\n");
  }

  @Test
  void test_classes_that_did_not_run_are_named(@TempDir Path folder) throws IOException {
    for (String name : List.of("a/RunTests", "a/UnrunTests", "a/HandIT", "a/Helper")) {
      Path file = folder.resolve("services/x/src/test/java/" + name + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    }
    times.addTestClass("a.RunTests", 1, 1);

    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    times.printUntested(folder, new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo("Test classes left out: 2\n  a.HandIT\n  a.UnrunTests\n");
  }
}
