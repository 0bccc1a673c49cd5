package io.plumbline.launcher.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSelectionTests {

  @TempDir private Path root;

  @BeforeEach
  void write_a_tree_of_modules() throws IOException {
    module("infra/house", "house");
    module("services/base", "base");
    module("services/shop", "shop", "base");
    module("services/bank", "bank");
    module("gateway", "gateway");
    module("infra/docs", "docs");
    module("infra/e2e", "e2e", "shop", "docs");
    write(
        "pom.xml",
        """
        <module>infra/house</module><module>services/base</module><module>services/shop</module>
        <module>services/bank</module><module>gateway</module><module>infra/docs</module>
        <module>infra/e2e</module>
        """);
    write("services/shop/src/test/java/a/ShopTests.java", "");
    write("services/shop/src/test/java/a/Fixture.java", "");
    write("services/bank/src/test/java/b/BankTests.java", "");
  }

  @Test
  void a_module_is_tested_with_those_that_depend_on_it_but_not_with_the_whole_platform() {
    assertThat(modules("services/base/src/main/java/A.java"))
        .containsExactly("infra/house", "services/base", "services/shop");
    assertThat(modules("services/bank/pom.xml")).containsExactly("infra/house", "services/bank");
  }

  @Test
  void pages_are_tested_by_the_module_that_reads_them_and_descriptions_by_the_portal() {
    assertThat(modules("docs/adr/0001.md", "README.md"))
        .containsExactly("infra/docs", "infra/house");
    assertThat(modules("services/bank/openapi.yaml"))
        .containsExactly("gateway", "infra/house", "services/bank");
  }

  @Test
  void what_belongs_to_no_module_or_to_the_whole_platform_concerns_everything() {
    for (String file : List.of("pom.xml", ".mvn/jvm.config", "plumbline", "infra/e2e/A.java")) {
      assertThat(selection().mavenArguments(List.of("services/bank/A.java", file)))
          .as(file)
          .isEmpty();
    }
  }

  @Test
  void maven_builds_what_they_need_and_runs_their_tests_alone() {
    assertThat(selection().mavenArguments(List.of("services/shop/src/main/java/A.java")))
        .containsExactly(
            "-pl",
            "infra/house,services/shop",
            "-am",
            "-Dtest=a.ShopTests",
            "-Dsurefire.failIfNoSpecifiedTests=false",
            "-Dportal.tests.skip=true");
  }

  @Test
  void the_modules_of_this_repository_are_read() {
    assertThat(new TestSelection(Path.of("../..")).modules(List.of("services/strategy/pom.xml")))
        .hasValueSatisfying(modules ->
            assertThat(modules)
                .contains("services/strategy", "infra/docs")
                .doesNotContain("services/platform", "infra/e2e"));
  }

  private Iterable<String> modules(String... changed) {
    return selection().modules(List.of(changed)).orElseThrow();
  }

  private TestSelection selection() {
    return new TestSelection(root);
  }

  private void module(String folder, String name, String... needs) throws IOException {
    StringBuilder build = new StringBuilder("<parent/></parent><artifactId>" + name);
    build.append("</artifactId>");
    for (String needed : needs) {
      build.append("<groupId>io.plumbline</groupId>\n<artifactId>" + needed + "</artifactId>");
    }
    write(folder + "/pom.xml", build.toString());
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
