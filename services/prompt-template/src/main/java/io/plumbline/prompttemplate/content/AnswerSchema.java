package io.plumbline.prompttemplate.content;

import io.plumbline.prompttemplate.schema.BoundedJson;
import io.plumbline.prompttemplate.schema.BoundedSchema;
import io.plumbline.prompttemplate.schema.ValidationBudget;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

/** The JSON Schema that answers to a request must follow, whatever the model guarantees. */
public final class AnswerSchema {

  private final BoundedSchema schema;

  private AnswerSchema(BoundedSchema schema) {
    this.schema = schema;
  }

  /**
   * Returns the schema of a request's answers.
   *
   * @param responseFormat the response format of a chat request
   * @return empty without a JSON Schema, or with one that a version could not have: the schema of a
   *     caller may refer to other documents or take unbounded time
   */
  public static Optional<AnswerSchema> of(JsonNode responseFormat) {
    JsonNode schema = responseFormat.path("json_schema").path("schema");
    if (!responseFormat.path("type").asString("").equals("json_schema")
        || !schemaViolations(schema, "").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(compile(schema));
  }

  /**
   * Returns what is wrong with a schema. A schema must neither refer to other documents nor take
   * unbounded time.
   *
   * @param at where the schema is
   */
  public static List<Violation> schemaViolations(JsonNode schema, String at) {
    return Schemas.schemaViolations(schema, at);
  }

  /** Compiles a schema without {@linkplain #schemaViolations flaws}. */
  public static AnswerSchema compile(JsonNode schema) {
    return new AnswerSchema(BoundedSchema.compile(schema));
  }

  /** Returns which rules of the schema an answer breaks; empty for an answer that follows it. */
  public Optional<String> violation(String answer) {
    return violation(answer, new ValidationBudget());
  }

  /**
   * Returns the violation of each answer, in their order. All together take no more work than a
   * single answer may. An answer for which no work is left has a violation.
   */
  public List<Optional<String>> violations(List<String> answers) {
    ValidationBudget budget = new ValidationBudget();
    return answers.stream().map(answer -> violation(answer, budget)).toList();
  }

  private Optional<String> violation(String answer, ValidationBudget budget) {
    try {
      JsonNode read = BoundedJson.read(answer);
      if (read.isMissingNode()) {
        return Optional.of("it is empty");
      }
      return schema.mismatches(read, budget).stream()
          .map(mismatch -> (mismatch.pointer() + " " + mismatch.detail()).strip())
          .reduce((one, other) -> one + "; " + other);
    } catch (StreamConstraintsException e) {
      return Optional.of("it is too large, or nested too deeply, to be read as JSON");
    } catch (JacksonException e) {
      return Optional.of("it is not valid JSON");
    }
  }
}
