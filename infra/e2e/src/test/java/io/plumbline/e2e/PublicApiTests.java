package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The demo and the end-to-end tests call only what the committed API descriptions name: a renamed
 * path or field is found without starting the platform.
 */
class PublicApiTests {

  private static final List<Path> CLIENTS =
      List.of(
          Path.of("../demo/src/main/java/io/plumbline/demo/step"),
          Path.of("src/test/java/io/plumbline/e2e/LongWork.java"),
          Path.of("src/test/java/io/plumbline/e2e/TenantObjects.java"),
          Path.of("src/test/java/io/plumbline/e2e/ResourceKind.java"),
          Path.of("src/test/java/io/plumbline/e2e/Writer.java"));

  private static final Set<String> NOT_CLIENTS = Set.of("MailCorpus.java", "Console.java");

  /** Subsets of a split, metrics and hyperparameters: the keys of maps in the descriptions. */
  private static final Set<String> DATA =
      Set.of(
          "train",
          "validation",
          "test",
          "accuracy",
          "macro_f1",
          "latency_p95_ms",
          "cost_per_1000_usd",
          "batchSize");

  /** Of OpenAI's own interface and of JSON Schema, which the descriptions do not repeat. */
  private static final Set<String> FOREIGN =
      Set.of(
          "choices",
          "user",
          "stream",
          "json_schema",
          "schema",
          "strict",
          "type",
          "properties",
          "required",
          "additionalProperties",
          "enum");

  private static final List<SourceCalls> SOURCES = new ArrayList<>();
  private static ApiDescriptions api;

  @BeforeAll
  static void read() throws IOException {
    api = ApiDescriptions.read(Path.of("../../services"));
    for (Path client : CLIENTS) {
      try (Stream<Path> files = Files.walk(client)) {
        for (Path file : files.filter(PublicApiTests::isClient).toList()) {
          SOURCES.add(SourceCalls.read(file));
        }
      }
    }
  }

  @Test
  void every_path_is_described() {
    Set<String> unknown = new TreeSet<>();
    for (SourceCalls source : SOURCES) {
      for (SourceCalls.Call call : source.calls()) {
        if (api.operations().stream().noneMatch(operation -> operation.matches(call))) {
          unknown.add(source.file() + ": " + call.method() + " " + call.path());
        }
      }
    }
    assertThat(unknown).as("paths that no openapi.yaml describes").isEmpty();
  }

  @Test
  void every_field_is_described() {
    Set<String> unknown = new TreeSet<>();
    for (SourceCalls source : SOURCES) {
      Stream.concat(source.pointerNames().stream(), source.bodyNames().stream())
          .filter(name -> !isDescribed(name, source.file()))
          .forEach(name -> unknown.add(source.file() + ": " + name));
    }
    assertThat(unknown).as("fields that no openapi.yaml describes").isEmpty();
  }

  private static boolean isClient(Path file) {
    return file.toString().endsWith(".java")
        && !NOT_CLIENTS.contains(String.valueOf(file.getFileName()));
  }

  /** Only OpenAI's answers have a bare id; feedback refers to one. */
  private static boolean isDescribed(String name, String file) {
    return name.equals("id")
        ? file.equals("CanaryStep.java")
        : api.names().contains(name) || DATA.contains(name) || FOREIGN.contains(name);
  }
}
