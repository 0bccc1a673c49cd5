package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.metric.Metric;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.prompttemplate.content.AnswerSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JsonPointer;

/** The rules that the scorers of a suite must follow. */
public final class ScorerRules {

  /** The largest number of characters of a scorer's schema, written without white space. */
  static final int LONGEST_SCHEMA = 20_000;

  private static final Set<String> NONE = Set.of();

  private final List<Scorer> scorers;
  private final Problem problem =
      new Problem(CommonProblem.INVALID, "Correct the scorers listed in errors.");

  private ScorerRules(List<Scorer> scorers) {
    this.scorers = scorers;
  }

  /**
   * Checks the scorers of a suite.
   *
   * @throws Problem 400 with everything that is wrong, at its pointer in the request
   */
  public static void requireValid(List<Scorer> scorers) {
    new ScorerRules(scorers).requireValid();
  }

  private void requireValid() {
    Set<String> names = new HashSet<>();
    boolean labelled = false;
    for (int i = 0; i < scorers.size(); i++) {
      Scorer scorer = scorers.get(i);
      String at = "/scorers/" + i;
      requireFields(scorer, at);
      requireName(scorer, names, at + "/name");
      requireBasisScorer(scorer, at + "/of");
      if (scorer.type() == ScorerType.LABEL) {
        if (labelled) {
          problem.withFieldError(
              at + "/type", "is given a second time; a suite has one scorer of its labels");
        }
        labelled = true;
      }
    }
    if (!problem.errors().isEmpty()) {
      throw problem;
    }
  }

  private void requireName(Scorer scorer, Set<String> names, String at) {
    String name = scorer.name();
    if (!names.add(name)) {
      problem.withFieldError(
          at, "is %s, which another scorer has too; give each scorer its own name".formatted(name));
    } else if (Metric.BUILT_IN.contains(name)) {
      problem.withFieldError(
          at, "is the name of a metric that every suite may have; choose another name");
    } else {
      for (ScorerType type : ScorerType.values()) {
        if (type != scorer.type()
            && (name.equals(type.defaultName()) || name.equals(type.wireName()))) {
          problem.withFieldError(
              at,
              "is the name of the scorer type %s; choose another name".formatted(type.wireName()));
        }
      }
    }
  }

  private void requireFields(Scorer scorer, String at) {
    Map<String, Boolean> given = new TreeMap<>();
    given.put("values", scorer.values() != null);
    given.put("match", scorer.match() != null);
    given.put("pattern", scorer.pattern() != null);
    given.put("number", scorer.number() != null);
    given.put("absolute", scorer.absolute() != null);
    given.put("relative", scorer.relative() != null);
    given.put("schema", scorer.schema() != null);
    given.put("pointers", scorer.pointers() != null);
    given.put("arguments", scorer.arguments() != null);
    given.put("variant", scorer.variant() != null);
    given.put("k", scorer.k() != null);
    given.put("threshold", scorer.threshold() != null);
    given.put("of", scorer.of() != null);
    given.put("over", scorer.over() != null);
    Set<String> required = requiredFields(scorer.type());
    Set<String> optional = optionalFields(scorer.type());
    given.forEach((field, present) -> {
      if (!present && required.contains(field)) {
        problem.withFieldError(
            at + "/" + field, "is required by the type " + scorer.type().wireName());
      } else if (present && !required.contains(field) && !optional.contains(field)) {
        problem.withFieldError(
            at + "/" + field,
            "is not used by the type %s; omit it".formatted(scorer.type().wireName()));
      }
    });
    requireUsable(scorer, at);
  }

  private static Set<String> requiredFields(ScorerType type) {
    return switch (type) {
      case REGEX -> Set.of("pattern");
      case JSON_SCHEMA -> Set.of("schema");
      case FIELDS -> Set.of("pointers");
      case JUDGE -> Set.of("variant");
      case RECALL_AT_K, NDCG_AT_K -> Set.of("k");
      case GROUNDEDNESS -> Set.of("threshold");
      case SELECTIVE, BRIER, CALIBRATION_ERROR -> Set.of("of");
      case LABEL,
          EXACT,
          NORMALISED,
          CONTAINS,
          NUMERIC,
          TOOL_CALLS,
          TOKEN_F1,
          SQUAD_EXACT,
          RECIPROCAL_RANK,
          CITATION_PRECISION,
          CITATION_RECALL,
          EMBEDDING_SIMILARITY,
          OUT_OF_SCOPE_RECALL,
          IN_SCOPE_COVERAGE,
          COVERAGE ->
          NONE;
    };
  }

  private static Set<String> optionalFields(ScorerType type) {
    return switch (type) {
      case CONTAINS -> Set.of("values", "match");
      case NUMERIC -> Set.of("number", "absolute", "relative");
      case TOOL_CALLS -> Set.of("arguments");
      case RECIPROCAL_RANK -> Set.of("k");
      case TOKEN_F1, SQUAD_EXACT, JUDGE -> Set.of("over");
      case OUT_OF_SCOPE_RECALL, IN_SCOPE_COVERAGE -> Set.of("values");
      case LABEL,
          EXACT,
          NORMALISED,
          REGEX,
          JSON_SCHEMA,
          FIELDS,
          RECALL_AT_K,
          NDCG_AT_K,
          CITATION_PRECISION,
          CITATION_RECALL,
          GROUNDEDNESS,
          EMBEDDING_SIMILARITY,
          COVERAGE,
          SELECTIVE,
          BRIER,
          CALIBRATION_ERROR ->
          NONE;
    };
  }

  /** Checks that the scorer that another one is about gives each answer a score. */
  private void requireBasisScorer(Scorer scorer, String at) {
    String of = scorer.of();
    if (of == null) {
      return;
    }
    List<String> names =
        scorers.stream().filter(other -> other.type().scoresAnswers()).map(Scorer::name).toList();
    if (!names.contains(of)) {
      problem.withFieldError(
          at, "is not a scorer of the suite that gives each answer a score; name one of " + names);
    }
  }

  private void requireUsable(Scorer scorer, String at) {
    if (scorer.pattern() != null) {
      RegexScoring.flaw(scorer.pattern())
          .ifPresent(flaw -> problem.withFieldError(at + "/pattern", flaw));
    }
    if (scorer.schema() != null) {
      if (scorer.schema().toString().length() > LONGEST_SCHEMA) {
        problem.withFieldError(
            at + "/schema", "has more than %,d characters".formatted(LONGEST_SCHEMA));
      } else {
        AnswerSchema.schemaViolations(scorer.schema(), at + "/schema")
            .forEach(flaw -> problem.withFieldError(flaw.pointer(), flaw.detail()));
      }
    }
    if (scorer.pointers() != null) {
      for (int i = 0; i < scorer.pointers().size(); i++) {
        String pointer = at + "/pointers/" + i;
        pointerFlaw(scorer.pointers().get(i))
            .ifPresent(flaw -> problem.withFieldError(pointer, flaw));
      }
      if (new HashSet<>(scorer.pointers()).size() < scorer.pointers().size()) {
        problem.withFieldError(at + "/pointers", "must name each field once");
      }
    }
  }

  private static Optional<String> pointerFlaw(String pointer) {
    try {
      if (JsonPointer.compile(pointer).matches()) {
        return Optional.of("must lead to a field, such as /total");
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("is not a JSON pointer; begin it with a slash, such as /order/total");
    }
  }
}
