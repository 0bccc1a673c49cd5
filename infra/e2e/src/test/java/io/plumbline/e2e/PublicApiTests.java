package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Checks that the demo and the end-to-end tests call only what the committed API descriptions name.
 * A renamed path or field is found without starting the platform.
 */
class PublicApiTests {

  private static final List<Path> CLIENTS =
      List.of(
          Path.of("../demo/src/main/java/io/plumbline/demo"),
          Path.of("src/test/java/io/plumbline/e2e/LongWork.java"),
          Path.of("src/test/java/io/plumbline/e2e/TenantObjects.java"),
          Path.of("src/test/java/io/plumbline/e2e/GovernedApplication.java"),
          Path.of("src/test/java/io/plumbline/e2e/GovernedChat.java"),
          Path.of("src/test/java/io/plumbline/e2e/Platform.java"),
          Path.of("src/test/java/io/plumbline/e2e/ResourceKind.java"),
          Path.of("src/test/java/io/plumbline/e2e/fault/Creations.java"));

  private static final Set<String> NOT_CLIENTS =
      Set.of("MailCorpus.java", "StepLog.java", "NpmPackage.java", "ApiUser.java", "Access.java");

  /** Subsets, metrics, hyperparameters and columns: the keys of maps in the descriptions. */
  private static final Set<String> DATA =
      Set.of(
          "train",
          "validation",
          "test",
          "accuracy",
          "macro_f1",
          "token_f1",
          "token_f1_answerable",
          "out_of_scope_recall",
          "recall_at_k",
          "passages",
          "latency_p95_ms",
          "cost_per_1000_usd",
          "batchSize",
          "text");

  /**
   * The names of OpenAI's own interface and of JSON Schema, which the descriptions do not repeat.
   */
  private static final Set<String> FOREIGN =
      Set.of(
          "choices",
          "annotations",
          "passage",
          "documentId",
          "section",
          "user",
          "stream",
          "json_schema",
          "schema",
          "strict",
          "type",
          "properties",
          "required",
          "additionalProperties",
          "enum",
          "minLength",
          "maxLength",
          "minimum",
          "maximum");

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
        if (operations(call).isEmpty()) {
          unknown.add(source.file() + ": " + call.method() + " " + call.path());
        }
      }
    }
    assertThat(unknown).as("paths that no openapi.yaml describes").isEmpty();
  }

  @Test
  void every_query_parameter_and_every_field_of_a_request_is_one_of_its_operation() {
    Set<String> unknown = new TreeSet<>();
    for (SourceCalls source : SOURCES) {
      for (SourceCalls.Call call : source.calls()) {
        for (ApiDescriptions.Operation operation : operations(call)) {
          Stream.concat(
                  call.query().stream().filter(name -> !operation.query().contains(name)),
                  call.body().stream()
                      .filter(name -> !operation.body().contains(name))
                      .filter(name -> !call.path().startsWith("/v1/")))
              .forEach(name ->
                  unknown.add(
                      source.file() + ": " + call.method() + " " + call.path() + " " + name));
        }
      }
    }
    assertThat(unknown).as("parameters and fields that no openapi.yaml describes").isEmpty();
  }

  @Test
  void every_field_is_one_of_the_operations_that_are_called() {
    Set<String> names = new HashSet<>();
    SOURCES.stream()
        .flatMap(source -> source.calls().stream())
        .flatMap(call -> operations(call).stream())
        .forEach(operation -> names.addAll(operation.names()));
    Set<String> unknown = new TreeSet<>();
    for (SourceCalls source : SOURCES) {
      Stream.concat(source.pointerNames().stream(), source.bodyNames().stream())
          .filter(name -> !isDescribed(name, source.file(), names))
          .forEach(name -> unknown.add(source.file() + ": " + name));
    }
    assertThat(unknown).as("fields that no openapi.yaml describes").isEmpty();
  }

  private static List<ApiDescriptions.Operation> operations(SourceCalls.Call call) {
    return api.operations().stream().filter(operation -> operation.matches(call)).toList();
  }

  private static boolean isClient(Path file) {
    return file.toString().endsWith(".java")
        && !NOT_CLIENTS.contains(String.valueOf(file.getFileName()));
  }

  /**
   * Returns whether a name is described. A bare id is only in OpenAI's answers, and feedback refers
   * to one.
   */
  private static boolean isDescribed(String name, String file, Set<String> names) {
    return name.equals("id")
        ? file.equals("ApplicationDriver.java")
        : names.contains(name) || DATA.contains(name) || FOREIGN.contains(name);
  }
}
