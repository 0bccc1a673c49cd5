package io.plumbline.prompttemplate.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** No schema and no value of 100 KB takes the time or the memory of a process. */
class HostileSchemaTests {

  /** Processor time: a second on a machine without load, and more beside other work. */
  private static final Duration MOST = Duration.ofSeconds(5);

  /** Less than the library, the table and twice the 32 MB that a pair may take. */
  private static final int HEAP_MEGABYTES = 64;

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static Stream<Named<HostileSchemas.Pair>> pairs() {
    return HostileSchemas.table().entrySet().stream()
        .map(each -> Named.of(each.getKey(), each.getValue()));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void no_schema_and_value_take_five_seconds_of_a_processor(HostileSchemas.Pair pair) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();

    List<Violation> violations = HostileSchemas.read(pair);

    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(MOST);
    assertThat(violations).hasSizeLessThanOrEqualTo(Schemas.MAX_OF_A_KIND);
  }

  @Test
  void all_of_them_twice_at_once_fit_in_a_small_heap() throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx%dm".formatted(HEAP_MEGABYTES),
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                classPath,
                HostileSchemas.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void names_that_are_no_variables_are_reported_as_the_first_of_them() {
    ObjectNode declared = (ObjectNode) json("{'type':'object','properties':{}}");
    ObjectNode properties = (ObjectNode) declared.path("properties");
    IntStream.range(0, 2_000).forEach(i -> properties.putObject("variable" + i));
    ObjectNode values = JsonMapper.shared().createObjectNode();
    IntStream.range(0, 10_000).forEach(i -> values.put("other" + i, 0));

    List<Violation> violations = Variables.of(declared).check(values);

    assertThat(violations).hasSize(Schemas.MAX_OF_A_KIND);
    assertThat(violations.getFirst().detail()).hasSizeLessThan(1_000).endsWith(", …");
  }

  @Test
  void answers_that_are_checked_together_take_no_more_than_one() {
    AnswerSchema schema =
        AnswerSchema.compile(
            json(
                "{'items':{'allOf':[%s]}}"
                    .formatted(
                        IntStream.range(0, 100)
                            .mapToObj(i -> "{'type':'integer'}")
                            .collect(Collectors.joining(",")))));
    String answer = "[" + "1,".repeat(3_000) + "1]";

    assertThat(schema.violation(answer)).isEmpty();
    assertThat(schema.violations(List.of("[1]", answer, answer, answer, answer)))
        .first()
        .satisfies(first -> assertThat(first).isEmpty());
    assertThat(schema.violations(List.of("[1]", answer, answer, answer, answer)).getLast())
        .hasValueSatisfying(last -> assertThat(last).contains("too much work"));
  }

  @Test
  void a_larger_schema_of_an_old_version_accepts_no_value() {
    String large =
        "{'properties':{%s}}"
            .formatted(
                IntStream.range(0, 3_000)
                    .mapToObj(i -> "'p%d':{'type':'string'}".formatted(i))
                    .collect(Collectors.joining(",")));

    assertThat(AnswerSchema.schemaViolations(json(large), "/responseFormat"))
        .extracting(Violation::pointer)
        .containsExactly("/responseFormat");
    assertThat(AnswerSchema.compile(json(large)).violation("{}").orElseThrow())
        .contains("the schema is too large");
  }

  @Test
  void what_large_companies_write_is_accepted() {
    String record =
        "{'type':'object','additionalProperties':false,'required':[%s],'properties':{%s}}"
            .formatted(
                IntStream.range(0, 400)
                    .mapToObj(i -> "'field%d'".formatted(i))
                    .collect(Collectors.joining(",")),
                IntStream.range(0, 400)
                    .mapToObj(i ->
                        "'field%d':{'type':['string','null'],'description':'It says %d','enum':['a','b',null]}"
                            .formatted(i, i))
                    .collect(Collectors.joining(",")));
    JsonNode schema = json("{'type':'array','uniqueItems':true,'items':%s}".formatted(record));
    String one =
        "{%s}"
            .formatted(
                IntStream.range(0, 400)
                    .mapToObj(i -> "'field%d':'a'".formatted(i))
                    .collect(Collectors.joining(",")));

    assertThat(AnswerSchema.schemaViolations(schema, "")).isEmpty();
    assertThat(AnswerSchema.compile(schema).violation("[%s]".formatted(one).replace('\'', '"')))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[1, 1.0]|false",
        "[1, 1.5, '1', true, null, [1], {'a':1}]|true",
        "[{'a':1,'b':2}, {'b':2.0,'a':1}]|false",
        "[{'a':'b'}, {'ab':''}]|true",
        "[[1,[2]], [1,[2]]]|false",
        "[9007199254740993, 9007199254740992]|true",
        "[0, -0.0]|false",
        "[false, 0, '', null, 'false']|true",
      })
  void unique_items_differ_as_json_schema_says(String items, boolean unique) {
    AnswerSchema schema = AnswerSchema.compile(json("{'uniqueItems':true}"));

    assertThat(schema.violation(items.replace('\'', '"')).isEmpty()).isEqualTo(unique);
  }

  @Test
  void a_name_that_does_not_match_is_reported_at_its_place() {
    AnswerSchema schema = AnswerSchema.compile(json("{'propertyNames':{'maxLength':2}}"));

    assertThat(schema.violation("{\"ab\":1}")).isEmpty();
    assertThat(schema.violation("{\"abc\":1}").orElseThrow()).startsWith("/abc ");
  }
}
