package io.plumbline.evaluation.suite;

import io.plumbline.contracts.EvaluationEvent.TrivialScores;
import io.plumbline.contracts.TrivialVariant;
import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.Prediction;
import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.metric.Metric;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.scorer.ItemScores;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.SuiteScorers;
import io.plumbline.items.Expected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one variant without any skill to the items of a suite, scored by the scorers and
 * metrics of runs. Each score is the one that a run of such a variant would have.
 */
final class TrivialVariantScorer {

  private final TrivialVariant variant;
  private final @Nullable String label;
  private final ModelAnswer answer;
  private final List<Scorer> suite;
  private final List<String> labels;
  private final SuiteScorers scorers;
  private final List<Metric> computed = new ArrayList<>();
  private final Map<String, String> notComputed = new LinkedHashMap<>();
  private final @Nullable Observation[] observations;

  /** The distinct scores of items; most items share theirs, so each is kept once. */
  private final Map<Map<String, Double>, Map<String, Double>> distinct = new HashMap<>();

  private TrivialVariantScorer(
      TrivialVariant variant,
      @Nullable String label,
      ModelAnswer answer,
      SuiteDefinition definition,
      List<String> labels,
      int questions) {
    this.variant = variant;
    this.label = label;
    this.answer = answer;
    this.suite = definition.scorers();
    this.labels = labels;
    this.observations = new Observation[questions];
    List<Scorer> known = new ArrayList<>();
    for (Scorer scorer : suite) {
      Optional<String> reason = whyUndetermined(scorer);
      if (reason.isEmpty()) {
        known.add(scorer);
      }
      addMetrics(scorer.metrics(), reason);
    }
    this.scorers = SuiteScorers.of(known);
    addMetrics(Metric.OF_EVERY_RUN, Optional.of("it is measured on runs"));
    if (!definition.perturbations().isEmpty()) {
      addMetrics(
          List.of(Metric.CONSISTENCY),
          reasonIf(variant == TrivialVariant.NEVER_ABSTAINS, textReason()));
    }
  }

  /**
   * Returns the answers of each variant that the items allow.
   *
   * @param labels the labels of the suite; empty unless all of its items are labelled
   */
  static List<TrivialVariantScorer> of(
      SuiteDefinition definition, List<String> labels, List<SuiteItem> items) {
    List<TrivialVariantScorer> variants = new ArrayList<>();
    variants.add(
        new TrivialVariantScorer(
            TrivialVariant.ALWAYS_ABSTAINS,
            null,
            new ModelAnswer(ModelMessage.ofText(""), List.of(), true, null, List.of()),
            definition,
            labels,
            items.size()));
    variants.add(
        new TrivialVariantScorer(
            TrivialVariant.NEVER_ABSTAINS,
            null,
            ModelAnswer.ofText(""),
            definition,
            labels,
            items.size()));
    if (!labels.isEmpty()) {
      commonestLabel(items)
          .ifPresent(label ->
              variants.add(
                  new TrivialVariantScorer(
                      TrivialVariant.COMMONEST_LABEL,
                      label,
                      ModelAnswer.ofText(label),
                      definition,
                      labels,
                      items.size())));
    }
    return variants;
  }

  /**
   * Returns the most common label; among equally common ones the first in alphabetical order, since
   * they score alike.
   */
  private static Optional<String> commonestLabel(List<SuiteItem> items) {
    Map<String, Long> counts =
        items.stream()
            .filter(item -> item.perturbation() == Perturbation.NONE)
            .flatMap(item -> Optional.ofNullable(item.label()).stream())
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey);
  }

  private void addMetrics(List<Metric> metrics, Optional<String> reason) {
    if (reason.isEmpty()) {
      computed.addAll(metrics);
    } else {
      metrics.forEach(metric -> notComputed.put(metric.name(), reason.get()));
    }
  }

  /**
   * Returns why a scorer's figures for this variant do not follow from the items alone; empty where
   * they do.
   */
  private Optional<String> whyUndetermined(Scorer scorer) {
    if (scorer.version() != scorer.type().version()) {
      return Optional.of("its scorer is of an earlier version");
    }
    return switch (scorer.type()) {
      case OUT_OF_SCOPE_RECALL, IN_SCOPE_COVERAGE, COVERAGE -> Optional.empty();
      case TOKEN_F1, SQUAD_EXACT, TOOL_CALLS, CITATION_PRECISION, CITATION_RECALL ->
          reasonIf(variant == TrivialVariant.NEVER_ABSTAINS, textReason());
      case LABEL, EXACT, NORMALISED ->
          reasonIf(variant != TrivialVariant.COMMONEST_LABEL, textReason());
      case CONTAINS, REGEX, NUMERIC, JSON_SCHEMA, FIELDS -> Optional.of(textReason());
      case GROUNDEDNESS, EMBEDDING_SIMILARITY ->
          reasonIf(variant != TrivialVariant.ALWAYS_ABSTAINS, "an encoder gives it");
      case JUDGE -> Optional.of("a judge gives it");
      case RECALL_AT_K, RECIPROCAL_RANK, NDCG_AT_K ->
          Optional.of("it depends on what is retrieved");
      case SELECTIVE, BRIER, CALIBRATION_ERROR -> whyUndetermined(basisOf(scorer));
    };
  }

  private static Optional<String> reasonIf(boolean undetermined, String reason) {
    if (!undetermined) {
      return Optional.empty();
    }
    return Optional.of(reason);
  }

  private Scorer basisOf(Scorer about) {
    return suite.stream()
        .filter(scorer -> scorer.name().equals(about.basisScorer()))
        .findFirst()
        .orElseThrow();
  }

  private String textReason() {
    return switch (variant) {
      case ALWAYS_ABSTAINS -> "it depends on the text that stands for an abstention";
      case NEVER_ABSTAINS -> "it depends on what is answered";
      case COMMONEST_LABEL -> "it depends on the form in which the label is answered";
    };
  }

  /** Records the variant's answer to one question of the suite, with its scores. */
  void recordAnswer(SuiteItem question, Expected expected) {
    ItemScores scored = scorers.score(expected, answer, Map.of());
    Map<String, Double> scores = new HashMap<>();
    scored.scores().forEach((name, score) -> scores.put(name, score.score()));
    observations[question.ordinal()] =
        new Observation(
            question.itemId(),
            question.perturbation(),
            question.label(),
            prediction(question),
            distinct.computeIfAbsent(scores, Map::copyOf),
            Map.of(),
            scored.notApplicable(),
            answer.abstained(),
            null,
            false,
            0,
            null);
  }

  private @Nullable String prediction(SuiteItem question) {
    if (question.label() == null) {
      return null;
    }
    return Prediction.of(Objects.requireNonNull(answer.message().content()));
  }

  /** Returns the scores of the variant, once it has answered every question. */
  TrivialScores scores() {
    List<Observation> answered = Arrays.stream(observations).map(Objects::requireNonNull).toList();
    Map<String, Double> scores = Figures.values(answered, labels, computed);
    Map<String, String> without = new LinkedHashMap<>(notComputed);
    without.putAll(Figures.unmeasured(answered, computed));
    return new TrivialScores(variant, label, scores, without);
  }
}
