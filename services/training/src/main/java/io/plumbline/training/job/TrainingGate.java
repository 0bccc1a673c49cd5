package io.plumbline.training.job;

import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.projection.ApplicationProjection;
import io.plumbline.training.projection.ApplicationProjection.PhaseStatus;
import io.plumbline.training.projection.BaseModelProjection;
import io.plumbline.training.projection.BaseModelProjection.BaseModel;
import io.plumbline.training.projection.DatasetProjection;
import io.plumbline.training.projection.DatasetProjection.Admission;
import io.plumbline.training.projection.DatasetProjection.Split;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The gate that checks a request before anything is spent on training: the application's phase, the
 * base model, the admission of the dataset version and the subsets of the split.
 */
@Component
class TrainingGate {

  private static final String PURPOSE = "TRAIN";

  /** The kind of datasets whose items are labelled texts. */
  private static final String LABELLED = "CLASSIFICATION";

  private static final List<String> SUBSETS = List.of("train", "validation");

  /**
   * The data that the projections hold about a request.
   *
   * @param admission the admission of the split's dataset version
   */
  record Evidence(
      boolean applicationExists,
      List<PhaseStatus> phases,
      Optional<BaseModel> baseModel,
      Optional<Split> split,
      Optional<Admission> admission) {}

  private final ApplicationProjection applications;
  private final BaseModelProjection baseModels;
  private final DatasetProjection datasets;

  TrainingGate(
      ApplicationProjection applications,
      BaseModelProjection baseModels,
      DatasetProjection datasets) {
    this.applications = applications;
    this.baseModels = baseModels;
    this.datasets = datasets;
  }

  /**
   * Checks the specification of a request or of a job that is about to start.
   *
   * @return the split that may be trained on
   * @throws Problem with the missing evidence, when the request is refused
   */
  Split requireAllowed(TrainingSpec spec) {
    Optional<Split> split = datasets.split(spec.splitDigest());
    return requireEvidence(
        spec,
        new Evidence(
            applications.exists(spec.application()),
            applications.phases(spec.application()),
            baseModels.find(spec.baseModel()),
            split,
            split.flatMap(known -> datasets.admission(known.versionDigest()))));
  }

  /** Returns why a specification is not allowed; empty if it is. */
  Optional<String> refusalReason(TrainingSpec spec) {
    try {
      requireAllowed(spec);
      return Optional.empty();
    } catch (Problem refused) {
      return Optional.of(refused.type().title() + ". " + refused.getMessage());
    }
  }

  static Split requireEvidence(TrainingSpec spec, Evidence evidence) {
    requireOpenPhase(spec.application(), evidence);
    BaseModel model =
        evidence
            .baseModel()
            .orElseThrow(() -> Problem.notYetKnown("/baseModel", "model", spec.baseModel()));
    if (!model.tunable() || LocalBaseModel.encoderOf(model.name()).isEmpty()) {
      throw new Problem(
              TrainingProblem.NOT_TUNABLE,
              "The local executor cannot tune base model %s. Choose one of %s."
                  .formatted(spec.baseModel(), LocalBaseModel.names()))
          .withFieldError("/baseModel", "is not a model that the local executor can tune");
    }
    Split split = evidence.split().orElseThrow(() -> Problem.notYetKnown("/splitDigest"));
    requireAdmission(split, evidence.admission());
    requireLabelled(split, evidence.admission());
    for (String subset : SUBSETS) {
      if (!split.subsets().containsKey(subset)) {
        throw new Problem(
                TrainingProblem.UNSUITABLE_SPLIT,
                ("The split has no subset '%s'. Define a split with the subsets train and"
                        + " validation.")
                    .formatted(subset))
            .withFieldError("/splitDigest", "has no subset '" + subset + "'");
      }
    }
    return split;
  }

  private static void requireOpenPhase(String application, Evidence evidence) {
    if (!evidence.applicationExists()) {
      throw Problem.notYetKnown("/application", "application", application);
    }
    Optional<PhaseStatus> tuning =
        evidence.phases().stream().filter(each -> each.phase() == Phase.FINE_TUNING).findFirst();
    // A phase that was opened and missed its criteria may be worked on again; one that was never
    // opened, or is met, may not.
    boolean open =
        tuning
            .map(PhaseStatus::state)
            .filter(state ->
                state == PhaseState.OPEN
                    || state == PhaseState.WAIVED
                    || state == PhaseState.MISSED)
            .isPresent();
    if (!open) {
      throw new Problem(
              TrainingProblem.PHASE_LOCKED,
              "Fine-tuning is worth its cost only after cheaper phases were measured. Provide the"
                  + " missing evidence, or request a waiver with a reason that a second person"
                  + " approves.")
          .missing(missingEvidence(tuning, evidence.phases()));
    }
  }

  private static List<String> missingEvidence(
      Optional<PhaseStatus> tuning, List<PhaseStatus> phases) {
    List<String> named =
        tuning
            .map(PhaseStatus::missing)
            .filter(evidence -> !evidence.isEmpty())
            .orElseGet(
                () -> phases.stream().flatMap(each -> each.missing().stream()).distinct().toList());
    if (!named.isEmpty()) {
      return named;
    }
    return List.of(
        "the phase FINE_TUNING is "
            + tuning.map(each -> each.state().name()).orElse("LOCKED")
            + ": it opens when the earlier phases have a verdict");
  }

  /**
   * Requires a dataset of labelled texts. While the kind of the dataset is not known, the request
   * passes, and the executor checks the items.
   */
  private static void requireLabelled(Split split, Optional<Admission> admission) {
    Optional<String> other = admission.map(Admission::kind).filter(kind -> !kind.equals(LABELLED));
    if (other.isPresent()) {
      throw new Problem(
              TrainingProblem.UNSUITABLE_SPLIT,
              "A head is trained on labelled texts. Choose a split of a dataset of the kind "
                  + LABELLED
                  + ".")
          .withFieldError(
              "/splitDigest",
              "belongs to dataset %s, which is of the kind %s"
                  .formatted(split.dataset(), other.get()));
    }
  }

  private static void requireAdmission(Split split, Optional<Admission> admission) {
    if (admission.filter(each -> each.purposes().contains(PURPOSE)).isEmpty()) {
      String version = split.dataset() + " version " + split.datasetVersion();
      List<String> reasons =
          admission
              .map(Admission::reasons)
              .filter(each -> !each.isEmpty())
              .orElseGet(
                  () -> List.of("an admission of " + version + " for the purpose " + PURPOSE));
      throw new Problem(
              TrainingProblem.NOT_ADMITTED,
              "Dataset "
                  + version
                  + " is not admitted for the purpose "
                  + PURPOSE
                  + ". Get that version admitted, or train on a split of an admitted version.")
          .withFieldError(
              "/splitDigest", "belongs to a version that is not admitted for " + PURPOSE)
          .missing(reasons);
    }
  }
}
