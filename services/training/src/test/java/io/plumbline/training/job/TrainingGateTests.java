package io.plumbline.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.training.job.TrainingGate.Evidence;
import io.plumbline.training.projection.ApplicationProjection.PhaseStatus;
import io.plumbline.training.projection.BaseModelProjection.BaseModel;
import io.plumbline.training.projection.DatasetProjection.Admission;
import io.plumbline.training.projection.DatasetProjection.Split;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingGateTests {

  private static final BaseModel MINILM =
      new BaseModel("local/choice-minilm", Digest.ofText("minilm"), true);
  private static final Admission ADMITTED =
      new Admission("CLASSIFICATION", List.of("TRAIN", "EVALUATE"), List.of());
  private static final Evidence COMPLETE =
      evidence(phases(PhaseState.OPEN), MINILM, TestJobs.SPLIT, ADMITTED);

  @Test
  void passes_when_everything_holds() {
    assertThat(TrainingGate.requireEvidence(TestJobs.SPEC, COMPLETE)).isEqualTo(TestJobs.SPLIT);
  }

  @ParameterizedTest
  @EnumSource(
      value = PhaseState.class,
      names = {"OPEN", "WAIVED", "MISSED"})
  void passes_while_the_phase_may_be_worked_on(PhaseState state) {
    assertThat(
            TrainingGate.requireEvidence(
                TestJobs.SPEC, evidence(phases(state), MINILM, TestJobs.SPLIT, ADMITTED)))
        .isEqualTo(TestJobs.SPLIT);
  }

  @ParameterizedTest
  @EnumSource(
      value = PhaseState.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OPEN", "WAIVED", "MISSED"})
  void refuses_in_every_other_state_of_the_phase(PhaseState state) {
    Problem refused = refusal(evidence(phases(state), MINILM, TestJobs.SPLIT, ADMITTED));
    assertThat(refused.type()).isEqualTo(TrainingProblem.PHASE_LOCKED);
    assertThat(refused.missing())
        .containsExactly(
            "the phase FINE_TUNING is "
                + state
                + ": it opens when the earlier phases have a verdict");
  }

  @Test
  void names_the_evidence_that_the_phase_still_needs() {
    List<PhaseStatus> phases =
        List.of(
            new PhaseStatus(Phase.PROMPT, PhaseState.OPEN, List.of("a run")),
            new PhaseStatus(
                Phase.FINE_TUNING, PhaseState.LOCKED, List.of("verdict of phase PROMPT")));
    assertThat(refusal(evidence(phases, MINILM, TestJobs.SPLIT, ADMITTED)).missing())
        .containsExactly("verdict of phase PROMPT");
  }

  @Test
  void names_the_evidence_of_earlier_phases_when_the_phase_names_none() {
    List<PhaseStatus> phases =
        List.of(
            new PhaseStatus(Phase.PROMPT, PhaseState.OPEN, List.of("a run", "a verdict")),
            new PhaseStatus(Phase.RETRIEVAL, PhaseState.LOCKED, List.of("a verdict")),
            new PhaseStatus(Phase.FINE_TUNING, PhaseState.LOCKED, List.of()));
    assertThat(refusal(evidence(phases, MINILM, TestJobs.SPLIT, ADMITTED)).missing())
        .containsExactly("a run", "a verdict");
  }

  @Test
  void takes_an_application_without_phases_as_locked() {
    assertThat(refusal(evidence(List.of(), MINILM, TestJobs.SPLIT, ADMITTED)).missing())
        .containsExactly(
            "the phase FINE_TUNING is LOCKED: it opens when the earlier phases have a verdict");
  }

  @Test
  void an_unknown_reference_is_named_by_its_field() {
    Evidence noApplication =
        new Evidence(
            false, List.of(), COMPLETE.baseModel(), COMPLETE.split(), COMPLETE.admission());
    Evidence noModel =
        new Evidence(
            true, COMPLETE.phases(), Optional.empty(), COMPLETE.split(), COMPLETE.admission());
    Evidence noSplit =
        new Evidence(
            true, COMPLETE.phases(), COMPLETE.baseModel(), Optional.empty(), Optional.empty());
    assertThat(List.of(noApplication, noModel, noSplit))
        .map(TrainingGateTests::refusal)
        .allSatisfy(refused -> assertThat(refused.type()).isEqualTo(CommonProblem.NOT_YET_KNOWN))
        .map(TrainingGateTests::pointer)
        .containsExactly("/application", "/baseModel", "/splitDigest");
    assertThat(refusal(noApplication))
        .hasMessageContaining("There is no application '%s'", TestJobs.SPEC.application());
    assertThat(refusal(noModel))
        .hasMessageContaining("There is no model '%s'", TestJobs.SPEC.baseModel());
  }

  @Test
  void refuses_a_model_that_cannot_be_tuned_here_and_names_those_that_can() {
    BaseModel frozen = new BaseModel("local/choice-minilm", Digest.ofText("minilm"), false);
    BaseModel remote = new BaseModel("openai/gpt-4o-mini", Digest.ofText("gpt"), true);
    for (BaseModel model : List.of(frozen, remote)) {
      Problem refused = refusal(evidence(COMPLETE.phases(), model, TestJobs.SPLIT, ADMITTED));
      assertThat(refused.type()).isEqualTo(TrainingProblem.NOT_TUNABLE);
      assertThat(refused)
          .hasMessage(
              "The local executor cannot tune base model local/choice-minilm. Choose one of"
                  + " local/choice-bge-small, local/choice-minilm.");
      assertThat(pointer(refused)).isEqualTo("/baseModel");
    }
  }

  @Test
  void refuses_a_version_that_is_not_admitted_with_the_reasons_of_the_decision() {
    Admission refusedAdmission =
        new Admission("CLASSIFICATION", List.of(), List.of("Mask the personal data."));
    Problem refused =
        refusal(evidence(COMPLETE.phases(), MINILM, TestJobs.SPLIT, refusedAdmission));
    assertThat(refused.type()).isEqualTo(TrainingProblem.NOT_ADMITTED);
    assertThat(refused.missing()).containsExactly("Mask the personal data.");
    assertThat(pointer(refused)).isEqualTo("/splitDigest");
  }

  @Test
  void refuses_a_version_that_is_admitted_to_another_purpose_or_was_never_decided() {
    String missing = "an admission of mail version 3 for the purpose TRAIN";
    Admission evaluation = new Admission("CLASSIFICATION", List.of("EVALUATE"), List.of());
    assertThat(refusal(evidence(COMPLETE.phases(), MINILM, TestJobs.SPLIT, evaluation)).missing())
        .containsExactly(missing);
    Evidence undecided =
        new Evidence(
            true, COMPLETE.phases(), COMPLETE.baseModel(), COMPLETE.split(), Optional.empty());
    Problem refused = refusal(undecided);
    assertThat(refused.missing()).containsExactly(missing);
    assertThat(refused)
        .hasMessage(
            "Dataset mail version 3 is not admitted for the purpose TRAIN. Get that version"
                + " admitted, or train on a split of an admitted version.");
  }

  @Test
  void refuses_a_dataset_of_another_kind_by_name_and_passes_while_the_kind_is_not_known() {
    Admission preferences = new Admission("PREFERENCE", List.of("TRAIN"), List.of());
    Problem refused = refusal(evidence(COMPLETE.phases(), MINILM, TestJobs.SPLIT, preferences));
    assertThat(refused.type()).isEqualTo(TrainingProblem.UNSUITABLE_SPLIT);
    assertThat(errors(refused))
        .contains("belongs to dataset mail, which is of the kind PREFERENCE");
    assertThat(refused)
        .hasMessage(
            "A head is trained on labelled texts. Choose a split of a dataset of the kind"
                + " CLASSIFICATION.");
    Admission unknown = new Admission(null, List.of("TRAIN"), List.of());
    assertThat(
            TrainingGate.requireEvidence(
                TestJobs.SPEC, evidence(COMPLETE.phases(), MINILM, TestJobs.SPLIT, unknown)))
        .isEqualTo(TestJobs.SPLIT);
  }

  @Test
  void refuses_a_split_without_the_subsets_that_training_reads() {
    Split onlyTrain =
        new Split(
            Digest.ofText("split"),
            "mail",
            3,
            Digest.ofText("version"),
            Map.of("train", new Subset(Digest.ofText("train"), 200)));
    Problem refused = refusal(evidence(COMPLETE.phases(), MINILM, onlyTrain, ADMITTED));
    assertThat(refused.type()).isEqualTo(TrainingProblem.UNSUITABLE_SPLIT);
    assertThat(errors(refused)).contains("has no subset 'validation'");
  }

  @Test
  void only_refusals_that_the_ledger_must_show_are_recorded() {
    assertThat(List.of(TrainingProblem.values()).stream().filter(TrainingProblem::isRecorded))
        .containsExactly(TrainingProblem.PHASE_LOCKED, TrainingProblem.NOT_ADMITTED);
  }

  private static List<PhaseStatus> phases(PhaseState tuning) {
    return List.of(new PhaseStatus(Phase.FINE_TUNING, tuning, List.of()));
  }

  private static Evidence evidence(
      List<PhaseStatus> phases, BaseModel model, Split split, Admission admission) {
    return new Evidence(
        true, phases, Optional.of(model), Optional.of(split), Optional.of(admission));
  }

  private static Problem refusal(Evidence evidence) {
    return catchThrowableOfType(
        Problem.class, () -> TrainingGate.requireEvidence(TestJobs.SPEC, evidence));
  }

  private static String pointer(Problem problem) {
    String errors = errors(problem);
    return errors.replaceAll(".*pointer=([^,\\]]*).*", "$1");
  }

  private static String errors(Problem problem) {
    return String.valueOf(problem.body().getProperties());
  }
}
