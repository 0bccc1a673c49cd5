package io.plumbline.policy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON form of a policy: an array of rules. */
final class PolicySource {

  /** The result of reading a source. */
  sealed interface Parsed {}

  record Rules(List<RuleSource> rules) implements Parsed {}

  record Unreadable(PolicyFlaw flaw) implements Parsed {}

  /**
   * A rule as its source states it.
   *
   * @param name kebab-case, unique in its policy
   * @param expression CEL of type bool
   * @param message what to do when the expression is false
   */
  record RuleSource(String name, String expression, String message) {}

  private static final String NOT_A_RULE =
      "must be an array of rules, each with the texts name, expression and message and no other"
          + " field";
  private static final int MAX_RULES = 32;
  private static final TypeReference<List<RuleSource>> RULES = new TypeReference<>() {};

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PolicySource() {}

  static Parsed parse(String source) {
    if (source.getBytes(StandardCharsets.UTF_8).length > PolicyEngine.MAX_SOURCE) {
      return unreadable(
          "", "must be at most %d KiB long".formatted(PolicyEngine.MAX_SOURCE / 1_024));
    }
    List<RuleSource> rules;
    try {
      rules = JSON.readValue(source, RULES);
    } catch (StreamReadException e) {
      TokenStreamLocation place = e.getLocation();
      return new Unreadable(
          new PolicyFlaw(
              "",
              place.getLineNr(),
              place.getColumnNr(),
              "is not well-formed JSON in line %d, column %d: %s"
                  .formatted(place.getLineNr(), place.getColumnNr(), e.getOriginalMessage())));
    } catch (JacksonException e) {
      return unreadable(pointerTo(e), NOT_A_RULE);
    }
    if (rules == null || rules.contains(null)) {
      return unreadable("", NOT_A_RULE);
    }
    if (rules.isEmpty() || rules.size() > MAX_RULES) {
      return unreadable(
          "", "must have 1 to " + MAX_RULES + " rules, and has " + rules.size() + " of them");
    }
    return new Rules(rules);
  }

  private static Parsed unreadable(String pointer, String detail) {
    return new Unreadable(PolicyFlaw.of(pointer, detail));
  }

  private static String pointerTo(JacksonException cause) {
    JsonPointer pointer = JsonPointer.empty();
    for (JacksonException.Reference step : cause.getPath()) {
      pointer = append(pointer, step);
    }
    return pointer.toString();
  }

  private static JsonPointer append(JsonPointer pointer, JacksonException.Reference step) {
    String property = step.getPropertyName();
    if (property == null) {
      return pointer.appendIndex(step.getIndex());
    }
    return pointer.appendProperty(property);
  }
}
