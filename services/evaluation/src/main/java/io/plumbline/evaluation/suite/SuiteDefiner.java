package io.plumbline.evaluation.suite;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.projection.SplitProjection;
import io.plumbline.evaluation.projection.VariantProjection;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.ScorerRules;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Defines suites as they are requested, if the rows may be used and the judges are known. */
@Component
class SuiteDefiner {

  private final SplitProjection splits;
  private final VariantProjection variants;

  SuiteDefiner(SplitProjection splits, VariantProjection variants) {
    this.splits = splits;
    this.variants = variants;
  }

  SuiteDefinition define(CreateSuite command) {
    requireRealPerturbations(command);
    List<Scorer> scorers = command.scorers().stream().map(NewScorer::toScorer).toList();
    ScorerRules.requireValid(scorers);
    requireKnownJudges(scorers);
    SplitProjection.Split split =
        splits.find(command.splitDigest()).orElseThrow(() -> Problem.notYetKnown("/splitDigest"));
    Subset subset = requireSubset(split, command.subsetOrDefault());
    requireAdmission(split);
    return definition(command, scorers, subset.digest());
  }

  private static SuiteDefinition definition(
      CreateSuite command, List<Scorer> scorers, Digest subsetDigest) {
    Optional<CreateSuite.Perturbations> perturbations =
        Optional.ofNullable(command.perturbations());
    return new SuiteDefinition(
        command.name(),
        command.splitDigest(),
        command.subsetOrDefault(),
        subsetDigest,
        scorers,
        command.maxItemsOrDefault(),
        perturbations.stream().flatMap(each -> each.kinds().stream()).distinct().sorted().toList(),
        perturbations.map(CreateSuite.Perturbations::items).orElse(0),
        Objects.requireNonNullElse(command.seed(), 1L));
  }

  private static void requireRealPerturbations(CreateSuite command) {
    CreateSuite.Perturbations perturbations = command.perturbations();
    if (perturbations != null && perturbations.kinds().contains(Perturbation.NONE)) {
      throw Problem.invalid(
          "/perturbations/kinds",
          "must not contain NONE, which changes nothing; use HEADERS_STRIPPED, LOWER_CASE or"
              + " TRUNCATED");
    }
  }

  private static Subset requireSubset(SplitProjection.Split split, String name) {
    if (name.equals("train")) {
      throw new Problem(
              SuiteProblem.TRAINING_SUBSET,
              "A suite cannot be over the subset train, whose rows models have seen. Choose the"
                  + " subset validation or test.")
          .withFieldError("/subset", "is the subset that models are trained on");
    }
    return Optional.ofNullable(split.subsets().get(name))
        .orElseThrow(() ->
            new Problem(
                    SuiteProblem.NOT_MEASURABLE,
                    "The split has no subset %s. Choose one of %s."
                        .formatted(name, measurableSubsets(split)))
                .withFieldError("/subset", "is not a subset of this split"));
  }

  /** Returns the names of the subsets that a suite may be over: all but that of training. */
  private static SortedSet<String> measurableSubsets(SplitProjection.Split split) {
    SortedSet<String> names = new TreeSet<>(split.subsets().keySet());
    names.remove("train");
    return names;
  }

  /** Checks that each judge is a variant of the workspace. Its digest pins its prompt and model. */
  private void requireKnownJudges(List<Scorer> scorers) {
    for (int i = 0; i < scorers.size(); i++) {
      Digest judge = scorers.get(i).variant();
      if (judge != null && variants.find(judge).isEmpty()) {
        throw Problem.notYetKnown("/scorers/%d/variant".formatted(i));
      }
    }
  }

  private void requireAdmission(SplitProjection.Split split) {
    Optional<SplitProjection.Admission> admission = splits.findAdmission(split.versionDigest());
    if (admission.filter(SplitProjection.Admission::allowsEvaluation).isPresent()) {
      return;
    }
    Problem refusal =
        new Problem(
                SuiteProblem.DATASET_UNADMITTED,
                ("Version %d of dataset %s is not admitted for the purpose EVALUATE. Have it"
                        + " admitted; if it was just admitted, retry in a second.")
                    .formatted(split.version(), split.dataset()))
            .withFieldError(
                "/splitDigest", "belongs to a dataset version that is not admitted for EVALUATE")
            .retryAfter(Duration.ofSeconds(1));
    throw refusal.missing(
        admission
            .map(SplitProjection.Admission::reasons)
            .filter(reasons -> !reasons.isEmpty())
            .orElse(List.of("admission of the dataset version for EVALUATE")));
  }
}
