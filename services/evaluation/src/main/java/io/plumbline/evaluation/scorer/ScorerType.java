package io.plumbline.evaluation.scorer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.plumbline.evaluation.metric.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of scorers. */
public enum ScorerType {
  LABEL,
  EXACT,
  NORMALISED,
  CONTAINS,
  REGEX,
  NUMERIC,
  JSON_SCHEMA,
  FIELDS,
  TOOL_CALLS,

  /** A variant is asked what the answer is worth. */
  JUDGE;

  /** The name of a scorer that is given none. */
  public String defaultName() {
    return this == EXACT ? "exact_match" : wireName();
  }

  /** Rises with each change of the code by which any output is scored otherwise. */
  public int version() {
    return 1;
  }

  /** What a scorer of this type measures over the items of a run. */
  public List<Metric> metrics(String scorer) {
    return switch (this) {
      case LABEL -> List.of(Metric.accuracy(scorer), Metric.MACRO_F1);
      case EXACT, NORMALISED, CONTAINS, REGEX, NUMERIC, JSON_SCHEMA, TOOL_CALLS ->
          List.of(Metric.share(scorer));
      case FIELDS -> List.of(Metric.mean(scorer));
      case JUDGE -> List.of(Metric.judged(scorer));
    };
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException with the names of all types
   */
  @JsonCreator
  public static ScorerType named(String name) {
    return Arrays.stream(values())
        .filter(type -> type.wireName().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is not a type of scorer; use one of %s"
                    .formatted(name, Arrays.stream(values()).map(ScorerType::wireName).toList())));
  }
}
