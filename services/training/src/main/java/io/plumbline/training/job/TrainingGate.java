package io.plumbline.training.job;

import io.plumbline.contracts.Phase;
import io.plumbline.contracts.PhaseState;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.projection.ProjectionReader;
import io.plumbline.training.projection.ProjectionReader.Admission;
import io.plumbline.training.projection.ProjectionReader.BaseModel;
import io.plumbline.training.projection.ProjectionReader.PhaseStanding;
import io.plumbline.training.projection.ProjectionReader.Split;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What must hold before anything is spent on training: a local predicate over what other services
 * have told.
 */
@Component
class TrainingGate {

  private static final String PURPOSE = "TRAIN";
  private static final List<String> PARTS = List.of("train", "validation");

  private final ProjectionReader facts;

  TrainingGate(ProjectionReader facts) {
    this.facts = facts;
  }

  /**
   * @return the split that may be trained on
   */
  Split pass(TrainingRequest request) {
    requireOpenPhase(request.application());
    BaseModel model =
        facts.baseModel(request.baseModel()).orElseThrow(() -> Problem.notYetKnown("/baseModel"));
    if (!model.tunable() || LocalBase.encoderOf(model.name()).isEmpty()) {
      throw new Problem(TrainingProblem.NOT_TUNABLE, "Take one of " + LocalBase.names() + ".")
          .at("/baseModel", "is not a model that the local executor tunes");
    }
    Split split =
        facts.split(request.splitDigest()).orElseThrow(() -> Problem.notYetKnown("/splitDigest"));
    requireAdmission(split);
    for (String part : PARTS) {
      if (!split.parts().containsKey(part)) {
        throw new Problem(
                TrainingProblem.UNSUITABLE_SPLIT,
                "Define a split with the parts train and validation.")
            .at("/splitDigest", "has no part '" + part + "'");
      }
    }
    return split;
  }

  private void requireOpenPhase(String application) {
    if (!facts.application(application)) {
      throw Problem.notYetKnown("/application");
    }
    List<PhaseStanding> phases = facts.phases(application);
    Optional<PhaseStanding> tuning =
        phases.stream().filter(each -> each.phase() == Phase.FINE_TUNING).findFirst();
    // A phase that was opened and missed its criteria is worked on again; one that was never
    // opened, or is met, is not.
    boolean open =
        tuning
            .map(PhaseStanding::state)
            .filter(state ->
                state == PhaseState.OPEN
                    || state == PhaseState.WAIVED
                    || state == PhaseState.MISSED)
            .isPresent();
    if (!open) {
      throw new Problem(
              TrainingProblem.PHASE_LOCKED,
              "Fine-tuning is worth its cost only after cheaper phases were measured. Bring the"
                  + " missing evidence, or ask for a waiver with a reason that a second person"
                  + " approves.")
          .missing(missing(tuning, phases));
    }
  }

  private static List<String> missing(Optional<PhaseStanding> tuning, List<PhaseStanding> phases) {
    List<String> named =
        tuning
            .map(PhaseStanding::missing)
            .filter(evidence -> !evidence.isEmpty())
            .orElseGet(
                () -> phases.stream().flatMap(each -> each.missing().stream()).distinct().toList());
    return named.isEmpty()
        ? List.of(
            "the phase FINE_TUNING is "
                + tuning.map(each -> each.state().name()).orElse("LOCKED")
                + ": it opens when the former phases have a verdict")
        : named;
  }

  private void requireAdmission(Split split) {
    Optional<Admission> admission = facts.admission(split.versionDigest());
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
              "Have "
                  + version
                  + " admitted for the purpose "
                  + PURPOSE
                  + ", or split another one.")
          .at("/splitDigest", "belongs to a version that is not admitted")
          .missing(reasons);
    }
  }
}
