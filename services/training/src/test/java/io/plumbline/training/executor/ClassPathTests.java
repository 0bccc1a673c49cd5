package io.plumbline.training.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassPathTests {

  @Test
  void names_the_main_class_on_the_class_path_of_this_process() {
    assertThat(ClassPath.of(TrainerMain.class))
        .isEqualTo(
            new ClassPath(
                System.getProperty("java.class.path"), List.of(TrainerMain.class.getName())));
  }

  @Test
  void the_child_inherits_nothing_but_the_class_path() {
    ProcessBuilder builder = new ProcessBuilder("java");
    builder.environment().put("PGPASSWORD", "secret");
    new ClassPath("a.jar:b.jar", List.of("Main")).addTo(builder);
    assertThat(builder.environment()).containsOnlyKeys("CLASSPATH").containsValue("a.jar:b.jar");
    assertThat(builder.command()).containsExactly("java", "Main");
  }
}
