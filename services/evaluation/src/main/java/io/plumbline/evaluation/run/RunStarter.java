package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.evaluation.gate.RunGate;
import io.plumbline.evaluation.gate.RunGate.Gated;
import io.plumbline.evaluation.leakage.VariantLineages;
import io.plumbline.evaluation.projection.ApplicationProjection;
import io.plumbline.evaluation.projection.Composition;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.projection.CriteriaProjection;
import io.plumbline.evaluation.projection.Variant;
import io.plumbline.evaluation.projection.VariantProjection;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.Suites;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/** Starts runs for which everything is known and nothing forbids it. */
@Service
class RunStarter {

  private final Suites suites;
  private final ApplicationProjection applications;
  private final VariantProjection variants;
  private final VariantLineages lineages;
  private final CriteriaProjection registered;
  private final Runs runs;
  private final RunRecorder recorder;
  private final RunGate gate;

  RunStarter(
      Suites suites,
      ApplicationProjection applications,
      VariantProjection variants,
      VariantLineages lineages,
      CriteriaProjection registered,
      Runs runs,
      RunRecorder recorder,
      RunGate gate) {
    this.suites = suites;
    this.applications = applications;
    this.variants = variants;
    this.lineages = lineages;
    this.registered = registered;
    this.runs = runs;
    this.recorder = recorder;
    this.gate = gate;
  }

  /**
   * Starts a run, once the evidence for a run on test items has been read.
   *
   * @param view reads the answer in the transaction that starts the run
   */
  <V> V start(RunController.StartRun command, Function<Run, V> view) {
    return gate.decide(() -> gated(command), () -> view.apply(start(command)));
  }

  private Optional<Gated> gated(RunController.StartRun command) {
    return suites
        .find(command.suiteDigest())
        .filter(Suite::allowsVerdicts)
        .map(suite ->
            new Gated(
                command.application(),
                Objects.requireNonNullElse(command.variantDigest(), command.suiteDigest()),
                suite.definition().splitDigest()));
  }

  private Run start(RunController.StartRun command) {
    Suite suite =
        suites.find(command.suiteDigest()).orElseThrow(() -> Problem.notYetKnown("/suiteDigest"));
    String model = command.inferenceModel();
    Digest subject = command.variantDigest();
    if (subject == null) {
      if (!applications.hasApplication(command.application())) {
        throw Problem.notYetKnown("/application", "application", command.application());
      }
      subject = Digest.ofText(model);
    } else {
      Variant variant = requireOwnVariant(command.application(), subject);
      requireAnotherJudge(suite, subject);
      if (suite.allowsVerdicts()) {
        lineages.requireKnownLineage(variant, "/variantDigest");
        requireOpenPhase(variant);
      }
    }
    Criteria criteria = suite.allowsVerdicts() ? requireCriteria(command, suite) : null;
    if (criteria != null) {
      ExplorationResults explorationResults =
          runs.exploration(command.application(), subject, suite.definition().splitDigest());
      new PowerCheck(criteria, suite, explorationResults::measureOf).requireEnoughItems();
    }
    return recorder.recordStart(command, suite, subject, criteria);
  }

  /**
   * Refuses to judge retrieval before it is known whether a prompt suffices. The plan of the
   * application opens retrieval at once where an assessment says that knowledge is the gap.
   */
  private void requireOpenPhase(Variant variant) {
    if (variant.composition() != Composition.RETRIEVAL) {
      return;
    }
    applications
        .missingEvidence(variant.application(), Phase.RETRIEVAL)
        .ifPresent(missing -> {
          throw RunProblem.phaseLocked(missing);
        });
  }

  private static void requireAnotherJudge(Suite suite, Digest subject) {
    suite
        .definition()
        .judges()
        .forEach((scorer, judge) -> {
          if (judge.equals(subject)) {
            throw RunProblem.judgesItself(scorer);
          }
        });
  }

  private Variant requireOwnVariant(String application, Digest variantDigest) {
    Variant variant =
        variants.find(variantDigest).orElseThrow(() -> Problem.notYetKnown("/variantDigest"));
    if (!variant.application().equals(application)) {
      throw new Problem(
              RunProblem.WRONG_APPLICATION,
              "The variant belongs to application %s. Pass that application, or another variant."
                  .formatted(variant.application()))
          .withFieldError("/application", "is not the application of this variant");
    }
    return variant;
  }

  /** Returns the criteria that will judge the run: those in force, if they name the suite. */
  private Criteria requireCriteria(RunController.StartRun command, Suite suite) {
    Criteria criteria =
        registered
            .inForce(command.application(), suite.digest())
            .orElseThrow(() -> RunProblem.criteriaRequired(command.application(), suite.digest()));
    if (registered.isFirstAfterData(criteria) && !registered.isApproved(criteria)) {
      throw RunProblem.criteriaAfterData(criteria);
    }
    if (!criteria.hasQualityAndAnotherKind()) {
      throw new Problem(
              RunProblem.SINGLE_METRIC,
              "The criteria in force do not cover quality and a second kind. Register criteria of"
                  + " quality and of at least one other kind, then start the run.")
          .missing(List.of("criteria of quality and of a second kind"));
    }
    return criteria;
  }
}
