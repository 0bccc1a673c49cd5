package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.suite.SuiteOpening;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/** The reasons for which a run is rejected. */
enum RunProblem implements ProblemType {
  WRONG_APPLICATION(
      "wrong-application",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The variant belongs to another application",
      false),
  ONE_SUBJECT(
      "one-subject", HttpStatus.BAD_REQUEST, "A run evaluates one variant or one model", false),
  JUDGES_ITSELF("judges-itself", HttpStatus.CONFLICT, "A variant is not judged by itself", true),
  CRITERIA_REQUIRED(
      "criteria-required",
      HttpStatus.CONFLICT,
      "Test items are used only under criteria that name their suite",
      true),
  CRITERIA_AFTER_DATA(
      "criteria-after-data",
      HttpStatus.CONFLICT,
      "Criteria over items that runs have used need a second person",
      true),
  SINGLE_METRIC(
      "single-metric-gate",
      HttpStatus.CONFLICT,
      "A verdict needs criteria of quality and of another kind",
      true),
  PHASE_LOCKED(
      "phase-locked",
      HttpStatus.CONFLICT,
      "Retrieval is judged on test items only after the prompt phase is decided",
      true),
  UNDERPOWERED(
      "underpowered",
      HttpStatus.CONFLICT,
      "The suite has too few items for the power that the criteria register",
      true),
  SPREAD_UNMEASURED(
      "spread-unmeasured",
      HttpStatus.CONFLICT,
      "The spread of a metric, by which its power is computed, was not measured on validation rows",
      true),
  ATTEMPTS_SPENT(
      "attempts-spent",
      HttpStatus.CONFLICT,
      "The verdicts planned on these test items are spent",
      true),
  ALREADY_ATTEMPTED(
      "already-attempted",
      HttpStatus.CONFLICT,
      "The attempt on these test items was already made",
      true),
  OUTPUTS_OPENED(
      "outputs-opened",
      HttpStatus.CONFLICT,
      "Outputs over these test items were shown, so the items are used up",
      true),
  NOT_VALIDATION(
      "not-validation",
      HttpStatus.CONFLICT,
      "Thresholds are chosen on validation rows, never on the items that judge variants",
      false),
  NO_CONFIDENCE(
      "no-confidence", HttpStatus.CONFLICT, "The answers of the run have no confidence", false),
  SEALED(
      "sealed",
      HttpStatus.CONFLICT,
      "The outputs over test items are sealed until the plan closes",
      false);

  private final Kind kind;

  RunProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the problem of a variant that would judge itself.
   *
   * @param scorer the scorer of the suite whose judge is the variant
   */
  static Problem judgesItself(String scorer) {
    return new Problem(
            JUDGES_ITSELF,
            "The variant is the judge of scorer %s of this suite, and no variant judges itself. Run a"
                    .formatted(scorer)
                + " suite with another judge over it, or another variant over this suite.")
        .withFieldError(
            "/variantDigest", "is the judge of scorer %s of this suite".formatted(scorer));
  }

  static Problem criteriaRequired(String application, Digest suite) {
    return new Problem(
            CRITERIA_REQUIRED,
            "The suite has test items, and no criteria in force for application %s name it. Explore on"
                    .formatted(application)
                + " a suite over the subset validation, or register criteria that name this suite;"
                + " if they were just registered, retry in a second.")
        .withFieldError(
            "/suiteDigest", "is not the suite of the criteria in force for " + application)
        .missing(List.of("criteria of application " + application + " that name suite " + suite))
        .retryAfter(Duration.ofSeconds(1));
  }

  /**
   * Returns the problem of a variant with an index while the retrieval phase is locked.
   *
   * @param missing the evidence that opens the phase
   */
  static Problem phaseLocked(List<String> missing) {
    return new Problem(
            PHASE_LOCKED,
            "The variant has an index, and the retrieval phase of the application is locked. Decide"
                + " the prompt phase first, or complete an assessment that says that knowledge is"
                + " the gap. Explore on a suite over the subset validation; if the phase was just"
                + " decided, retry in a second.")
        .withFieldError("/variantDigest", "has an index, and the retrieval phase is locked")
        .missing(missing)
        .retryAfter(Duration.ofSeconds(1));
  }

  static Problem criteriaAfterData(Criteria criteria) {
    return new Problem(
            CRITERIA_AFTER_DATA,
            ("Runs had answered items of the suite before application %1$s registered criteria over"
                 + " them. Request the criteria by POST /api/applications/%1$s/criteria-proposals,"
                 + " about which a second person decides, and start the run after that.")
                .formatted(criteria.application()))
        .withFieldError(
            "/suiteDigest", "has items that were answered before version " + criteria.version())
        .missing(List.of("a second person's approval of criteria that come after the data"));
  }

  /**
   * Returns the problem of a suite with too few items.
   *
   * @param lacking one sentence for each criterion with less power than it registers
   */
  static Problem underpowered(List<String> lacking) {
    return new Problem(
            UNDERPOWERED,
            "Publish a suite of more items and register criteria over it. Criteria that plan fewer"
                + " verdicts, less power or an alternative farther from the threshold need fewer"
                + " items, and a second person's approval.")
        .withFieldError("/suiteDigest", "has too few items for the criteria that name it")
        .missing(lacking);
  }

  /**
   * Returns the problem of metrics whose spread was not measured.
   *
   * @param split the split of the suite, whose validation rows are needed
   * @param unmeasured the missing run of each metric
   */
  static Problem spreadUnmeasured(Digest split, List<String> unmeasured) {
    return new Problem(
            SPREAD_UNMEASURED,
            ("Run a suite over the subset validation of split %s with this subject first, with the"
                    + " scorers of these metrics; how many items the criteria need is computed from"
                    + " what it measures. A cost is measured only where the model has a price.")
                .formatted(split))
        .missing(unmeasured);
  }

  static Problem attemptsSpent(int attempts, int planned) {
    return new Problem(
            ATTEMPTS_SPENT,
            ("No verdict is left on these test items: the %d attempts recorded in this workspace,"
                    + " over all applications, suites and criteria, leave too little of the"
                    + " permitted error for a verdict under criteria that plan %d. Collect fresh"
                    + " items and publish a suite over them; explore on a suite over the subset"
                    + " validation.")
                .formatted(attempts, planned))
        .withFieldError("/suiteDigest", "has items on which no further verdict is planned");
  }

  static Problem alreadyAttempted(UUID run) {
    return new Problem(
            ALREADY_ATTEMPTED,
            "Run %s has already attempted this subject under these criteria. Use that run: the same"
                    .formatted(run)
                + " variant, suite and criteria give one result, whatever the seed. Only a run that"
                + " failed or was cancelled can be repeated.")
        .withFieldError(
            "/suiteDigest", "has run %s of this subject under these criteria".formatted(run));
  }

  static Problem outputsOpened(SuiteOpening opening) {
    return outputsKnown(opening.suiteDigest(), "opened at " + opening.openedAt());
  }

  static Problem outputsShown(Digest suite) {
    return outputsKnown(
        suite, "shown: they were explored before, or the verdicts planned on them are used");
  }

  private static Problem outputsKnown(Digest suite, String how) {
    return new Problem(
            OUTPUTS_OPENED,
            "Outputs over these test items were shown, so no run over them is judged. Collect fresh"
                + " items and publish a suite over them; explore on a suite over the subset"
                + " validation.")
        .withFieldError(
            "/suiteDigest", "has items of suite %s, whose outputs were %s".formatted(suite, how));
  }

  static Problem notValidation() {
    return new Problem(
            NOT_VALIDATION,
            "The run is over test items, on which thresholds must not be chosen. Run a suite over"
                + " the subset validation of the same split with this variant.")
        .withFieldError("/runId", "is a run over test items");
  }

  static Problem noConfidence() {
    return new Problem(
            NO_CONFIDENCE,
            "No answer of the run has a confidence. Run the suite over a variant whose model has"
                + " one: a choice model, a tuned model or the reader.")
        .withFieldError("/runId", "has no answer with a confidence");
  }

  static Problem sealed(Digest suite) {
    return new Problem(
        SEALED,
        ("The outputs of runs over suite %s are sealed. Read the metrics and their intervals, and"
             + " the verdict. Outputs open when every verdict planned on these items is used, or by"
             + " POST /api/suites/%s/open, after which nothing more is judged on them.")
            .formatted(suite, suite));
  }
}
