package io.plumbline.prompttemplate.content;

import com.networknt.schema.Schema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema that answers to a request must follow, whatever its model promises. */
public final class AnswerSchema {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Schema schema;

  private AnswerSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * @param responseFormat that of a chat request
   * @return empty without a JSON Schema, or with one that a version could not have: a caller's may
   *     lead elsewhere or take unbounded time
   */
  public static Optional<AnswerSchema> of(JsonNode responseFormat) {
    JsonNode schema = responseFormat.path("json_schema").path("schema");
    return responseFormat.path("type").asString("").equals("json_schema")
            && flaws(schema, "").isEmpty()
        ? Optional.of(compile(schema))
        : Optional.empty();
  }

  /**
   * What is wrong with a schema: it must neither lead elsewhere nor take unbounded time.
   *
   * @param at where the schema is
   */
  public static List<Violation> flaws(JsonNode schema, String at) {
    return Schemas.check(schema, at);
  }

  /** Of a schema without {@linkplain #flaws flaws}. */
  public static AnswerSchema compile(JsonNode schema) {
    return new AnswerSchema(Schemas.compile(schema));
  }

  /** What an answer breaks of the schema; empty for one that follows it. */
  public Optional<String> violation(String answer) {
    try {
      JsonNode read = JSON.readTree(answer);
      if (read.isMissingNode()) {
        return Optional.of("it is empty");
      }
      List<Violation> violations = Schemas.validate(schema, read, "");
      return violations.isEmpty()
          ? Optional.empty()
          : Optional.of(
              violations.stream()
                  .map(violation -> (violation.pointer() + " " + violation.detail()).strip())
                  .collect(Collectors.joining("; ")));
    } catch (JacksonException e) {
      return Optional.of("it is not valid JSON");
    }
  }
}
