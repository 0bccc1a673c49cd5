package io.plumbline.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LargeSubsetTests {

  @Test
  void a_suite_of_a_million_items_is_drawn_in_a_small_heap()
      throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx80m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                classPath,
                LargeSubset.class.getName())
            .inheritIO()
            .start();

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void an_id_is_new_once() {
    ItemIdSet ids = new ItemIdSet();
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      String id = "id" + i * 7 % 5_000;
      assertThat(ids.add(id)).isEqualTo(expected.add(id));
    }
  }
}
