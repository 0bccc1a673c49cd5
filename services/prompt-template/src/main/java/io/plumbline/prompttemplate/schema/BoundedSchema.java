package io.plumbline.prompttemplate.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A compiled JSON Schema (2020-12) that validates a value in bounded time and memory, whatever the
 * schema and the value are. It is the only use of the validator library.
 *
 * <p>There is no network: a schema must not cause a fetch, so references lead neither out of the
 * document nor out of the meta-schemas inside the library. Nothing is cached, because any caller
 * could fill the memory.
 */
public final class BoundedSchema {

  /** The most values in a schema, by {@link JsonWeight}. */
  public static final int MAX_WEIGHT = 5_000;

  /** The id of the schema of schemas. */
  public static final String META_ID = SpecificationVersion.DRAFT_2020_12.getDialectId();

  private static final int MAX_DETAIL = 1_000;

  /**
   * The keywords that note at each place what was evaluated there, which takes memory for each step
   * and reads the notes at each failure.
   */
  private static final List<String> NOTING = List.of("unevaluatedProperties", "unevaluatedItems");

  private static final int COST_OF_NOTING = 20;

  /**
   * The library remembers each unknown keyword that it ever saw, by default. Here they mean
   * nothing.
   */
  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft202012())
          .keyword(new UniqueItems())
          .keyword(new PropertyNames())
          .unknownKeywordFactory((keyword, context) -> null)
          .build();

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDialect(
          DIALECT,
          registry ->
              registry
                  .schemaCacheEnabled(false)
                  .schemaLoader(loader -> loader.fetchRemoteResources(false)));

  /** The schema of schemas. */
  public static final BoundedSchema META =
      new BoundedSchema(
          SchemaRegistry.withDialect(DIALECT).getSchema(SchemaLocation.of(META_ID)), 100, 1);

  private final @Nullable Schema schema;
  private final long weight;
  private final int stepCost;

  private BoundedSchema(@Nullable Schema schema, long weight, int stepCost) {
    this.schema = schema;
    this.weight = weight;
    this.stepCost = stepCost;
  }

  /**
   * Compiles a schema that {@link #META} matches, for any number of validations. A schema that
   * {@linkplain #isTooLarge is too large} matches no value.
   */
  public static BoundedSchema compile(JsonNode schema) {
    long weight = JsonWeight.of(schema);
    return new BoundedSchema(
        weight > MAX_WEIGHT ? null : REGISTRY.getSchema(schema),
        weight,
        notes(schema) ? COST_OF_NOTING : 1);
  }

  /** Returns whether a schema has too many values. Nothing else must read such a schema. */
  public static boolean isTooLarge(JsonNode schema) {
    return JsonWeight.of(schema) > MAX_WEIGHT;
  }

  private static boolean notes(JsonNode schema) {
    return NOTING.stream().anyMatch(keyword -> schema.findValue(keyword) != null);
  }

  /** Returns the first mismatches of a value; none if it follows the schema. */
  public List<Mismatch> mismatches(JsonNode value) {
    return mismatches(value, new ValidationBudget());
  }

  /**
   * Returns the first mismatches of a value. A value that takes more work than is left of the
   * budget has one, which says so.
   */
  public List<Mismatch> mismatches(JsonNode value, ValidationBudget budget) {
    Schema compiled = schema;
    if (compiled == null) {
      return wholly(
          "cannot be validated, because the schema is too large; publish a version with a smaller"
              + " schema");
    }
    BoundedValidation validation = new BoundedValidation(budget, stepCost);
    try {
      budget.spendPairs(weight, JsonWeight.of(value));
      compiled.validate(validation, value);
    } catch (ValidationBudget.Exceeded e) {
      return wholly(
          "takes too much work to validate; shorten it, or use a schema with fewer parts and"
              + " alternatives");
    } catch (SchemaException e) {
      return wholly(
          "cannot be validated, because the schema has a reference that leads nowhere; publish a"
              + " version with a corrected schema");
    }
    return validation.getErrors().stream()
        .limit(BoundedValidation.MAX_ERRORS)
        .map(BoundedSchema::mismatch)
        .toList();
  }

  private static List<Mismatch> wholly(String detail) {
    return List.of(new Mismatch("", detail));
  }

  /**
   * Converts an error. A missing property is reported at its own pointer instead of the pointer of
   * its object, so that a form can show it beside the field.
   */
  private static Mismatch mismatch(Error error) {
    String place = error.getInstanceLocation().toString();
    if (error.getKeyword().equals("required") && error.getProperty() != null) {
      place += JsonPointer.empty().appendProperty(error.getProperty());
    }
    return new Mismatch(place, shortened(error.getMessage()));
  }

  /** Returns a message without the rest of the options and constants that it may name. */
  private static String shortened(String message) {
    if (message.length() <= MAX_DETAIL) {
      return message;
    }
    return message.substring(0, MAX_DETAIL) + "…";
  }
}
