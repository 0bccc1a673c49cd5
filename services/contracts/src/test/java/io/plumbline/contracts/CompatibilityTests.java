package io.plumbline.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas are generated and committed, and samples of released events must stay readable. After an
 * additive change run with {@code -Dcontracts.update=true}: it rewrites the schemas and adds
 * samples of new events, but never replaces a sample.
 */
class CompatibilityTests {

  private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final boolean UPDATE = Boolean.getBoolean("contracts.update");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(
              SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  static Stream<String> types() {
    return EventTypes.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void the_committed_schema_is_the_one_generated(String type) throws IOException {
    String generated =
        JSON.writeValueAsString(JsonSchemas.of(type, EventTypes.classOf(type).orElseThrow()))
            + "\n";
    Path file = SCHEMAS.resolve(type + ".json");
    if (UPDATE) {
      Files.createDirectories(SCHEMAS);
      Files.writeString(file, generated);
    }

    assertThat(Files.readString(file)).isEqualTo(generated);
  }

  @ParameterizedTest
  @MethodSource("types")
  void a_released_sample_is_still_read_whole(String type) throws IOException {
    Class<? extends Event> event = EventTypes.classOf(type).orElseThrow();
    Path file = GOLDEN.resolve(type + ".json");
    if (UPDATE && !Files.exists(file)) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, JSON.writeValueAsString(Samples.of(event)) + "\n");
    }

    JsonNode released = JSON.readTree(Files.readString(file));
    JsonNode readAndWritten =
        JSON.readTree(JSON.writeValueAsString(JSON.treeToValue(released, event)));

    released
        .propertyStream()
        .forEach(field ->
            assertThat(readAndWritten.get(field.getKey()))
                .as(field.getKey())
                .isEqualTo(field.getValue()));
  }

  @ParameterizedTest
  @MethodSource("types")
  void fields_of_a_newer_minor_version_are_tolerated(String type) throws IOException {
    ObjectNode newer = (ObjectNode) JSON.readTree(Files.readString(GOLDEN.resolve(type + ".json")));
    newer.put("somethingNew", "value");

    assertThat(JSON.treeToValue(newer, EventTypes.classOf(type).orElseThrow())).isNotNull();
  }

  static Stream<String> earlierTypes() {
    return EventTypes.all().values().stream()
        .flatMap(event -> EventTypes.typesOf(event).stream())
        .filter(type -> !EventTypes.all().containsKey(type));
  }

  @ParameterizedTest
  @MethodSource("earlierTypes")
  void a_sample_of_an_earlier_version_is_read_as_the_newest(String type) throws IOException {
    Class<? extends Event> event = EventTypes.classOf(type).orElseThrow();

    JsonNode newest = JSON.valueToTree(golden(EventTypes.typeOf(event), event));
    JsonNode earlier = JSON.valueToTree(golden(type, event));

    // A list that the earlier version did not have is read as an empty one.
    newest
        .propertyStream()
        .filter(field -> !isEmptyList(earlier.get(field.getKey())))
        .forEach(field ->
            assertThat(earlier.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue()));
  }

  private static boolean isEmptyList(JsonNode value) {
    return value.isArray() && value.isEmpty();
  }

  private static Event golden(String type, Class<? extends Event> event) throws IOException {
    return JSON.treeToValue(JSON.readTree(Files.readString(GOLDEN.resolve(type + ".json"))), event);
  }

  /**
   * The constants are written by hand, unlike the schemas, because no enum may gain one: see {@link
   * Event}. HYBRID is the exception of ADR 61.
   */
  @Test
  void enums_of_events_have_the_constants_that_they_were_released_with() throws IOException {
    Set<String> constants = new TreeSet<>();
    for (String type : EventTypes.all().keySet()) {
      JSON.readTree(Files.readString(SCHEMAS.resolve(type + ".json")))
          .findValues("enum")
          .forEach(each ->
              constants.add(each.valueStream().map(JsonNode::asString).toList().toString()));
    }

    assertThat(constants)
        .containsExactly(
            "[ALWAYS_ABSTAINS, NEVER_ABSTAINS, COMMONEST_LABEL]",
            "[APPROVED, REJECTED, EXPIRED]",
            "[AT_LEAST, AT_MOST]",
            "[CLASSIFICATION, EXTRACTION, QUESTION_ANSWERING, SUMMARIZATION, GENERATION]",
            "[LOCKED, OPEN, MET, MISSED, WAIVED]",
            "[LOW, MEDIUM, HIGH]",
            "[PASS, FAIL, INCONCLUSIVE]",
            "[PHASE, FORGETTING, RELEASE, REFRESH, CANARY]",
            "[PROMPT, RETRIEVAL, FINE_TUNING, HYBRID]",
            "[QUEUED, RUNNING, PAUSED, SUCCEEDED, FAILED, CANCELLED]",
            "[RECORDED, OFF, GAP]",
            "[RELEASE, REFRESH]",
            "[REQUESTED, APPROVED, REJECTED, BLOCKED, CANARY, ACTIVE, HALTED, ROLLED_BACK,"
                + " SUPERSEDED]",
            "[SUCCEEDED, FAILED, CANCELLED]",
            "[TASK_QUALITY, JUDGED_QUALITY, ROBUSTNESS, LATENCY, COST]");
  }

  @Test
  void no_schema_or_sample_is_left_of_an_event_that_no_longer_exists() throws IOException {
    Set<String> types =
        Stream.concat(types(), earlierTypes()).collect(Collectors.toCollection(TreeSet::new));
    assertThat(files(SCHEMAS)).isEqualTo(types);
    assertThat(files(GOLDEN)).isEqualTo(types);
  }

  @Test
  void an_unknown_type_is_distinguished_from_a_known_one() {
    assertThat(EventTypes.classOf("io.plumbline.tomorrow.invented.v1")).isEmpty();
    assertThat(EventTypes.classOf("io.plumbline.action.denied.v1")).contains(ActionDenied.class);
  }

  @Test
  void every_event_but_two_has_one_service_that_publishes_it() {
    Map<Boolean, Long> published =
        EventTypes.all().values().stream()
            .collect(
                Collectors.partitioningBy(
                    event -> EventTypes.sourceOf(event).isPresent(), Collectors.counting()));

    assertThat(published.get(false)).isEqualTo(2);
  }

  @Test
  void an_unknown_decision_is_neither_an_approval_nor_a_rejection() throws IOException {
    String type = EventTypes.typeOf(ComplianceEvent.ApprovalDecided.class);
    ObjectNode later = (ObjectNode) JSON.readTree(Files.readString(GOLDEN.resolve(type + ".json")));
    later.put("decision", "DELEGATED");

    assertThatThrownBy(() -> JSON.treeToValue(later, ComplianceEvent.ApprovalDecided.class))
        .isInstanceOf(InvalidFormatException.class)
        .hasMessageContaining("DELEGATED");
  }

  private static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
