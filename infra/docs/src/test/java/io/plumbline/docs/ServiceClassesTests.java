package io.plumbline.docs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceClassesTests {

  @Test
  void a_service_of_which_a_class_is_not_compiled_is_refused(@TempDir Path folder)
      throws IOException {
    Path sources = Files.createDirectory(folder.resolve("sources"));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Files.createFile(sources.resolve("Compiled.java"));
    Files.createFile(sources.resolve("Forgotten.java"));
    Files.createFile(classes.resolve("Compiled.class"));

    assertThatThrownBy(() -> ServiceClasses.requireWhole(sources, classes))
        .hasMessageContaining("Forgotten.class is missing");
  }
}
