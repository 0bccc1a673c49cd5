package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Outcome;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.metric.Pairing;
import io.plumbline.evaluation.run.Run;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Issues verdicts on finished runs against criteria that were there before them, and computes
 * former ones again.
 */
@Service
class VerdictService {

  /**
   * A verdict computed again from its items and seed.
   *
   * @param equal whether nothing differs, to the last digit
   */
  record ReplayedVerdict(
      UUID verdictId,
      boolean equal,
      Outcome outcome,
      List<String> reasons,
      List<Judgement.Judged> criteria) {}

  private final Verdicts verdicts;
  private final RegisteredCriteria registered;
  private final Baselines baselines;
  private final Evidence evidence;
  private final Clock clock;

  VerdictService(
      Verdicts verdicts,
      RegisteredCriteria registered,
      Baselines baselines,
      Evidence evidence,
      Clock clock) {
    this.verdicts = verdicts;
    this.registered = registered;
    this.baselines = baselines;
    this.evidence = evidence;
    this.clock = clock;
  }

  @Transactional
  Verdict issue(RequestVerdict command) {
    command.check();
    Run run = evidence.finished(command.runId(), command.application(), "/runId");
    Criteria criteria = criteria(command, run);
    UUID baseline = baseline(command, run).map(Run::id).orElse(null);
    Judgement judgement = judge(criteria, run, baseline);
    Verdict verdict =
        new Verdict(
            Ids.next(),
            command.kind(),
            command.application(),
            command.phase(),
            run.subjectDigest(),
            criteria.digest(),
            run.id(),
            baseline,
            null,
            run.seed(),
            judgement.outcome(),
            judgement.reasons(),
            judgement.criteria(),
            Caller.current().actor(),
            now());
    verdicts.issue(verdict);
    return verdict;
  }

  private Criteria criteria(RequestVerdict command, Run run) {
    List<Criteria> versions = registered.find(command.application(), command.criteriaDigest());
    if (versions.isEmpty()) {
      throw Problem.notYetKnown("/criteriaDigest");
    }
    if (versions.getFirst().registeredAt().isAfter(run.createdAt())) {
      throw new Problem(
              ExperimentProblem.CRITERIA_AFTER_RUN,
              "Start a new run: criteria judge only runs that begin after they are registered.")
          .at(
              "/criteriaDigest",
              "was registered at %s, the run began at %s"
                  .formatted(versions.getFirst().registeredAt(), run.createdAt()));
    }
    Criteria inForce = registered.inForce(command.application(), run.createdAt()).orElseThrow();
    if (!inForce.digest().equals(command.criteriaDigest())) {
      throw new Problem(
              ExperimentProblem.CRITERIA_SUPERSEDED,
              "Judge the run by version %d (%s), which was in force when it began."
                  .formatted(inForce.version(), inForce.digest()))
          .at("/criteriaDigest", "was superseded before the run began");
    }
    if (!inForce.severalKinds()) {
      throw new Problem(
              ExperimentProblem.SINGLE_METRIC,
              "Register criteria of at least two different kinds, then start a new run.")
          .missing(List.of("criteria of a second kind"));
    }
    return inForce;
  }

  /**
   * What the run is held against: for a phase its newest baseline, else that of the phase before;
   * for a release the baseline of the earliest phase, which every later investment must not fall
   * behind. A run is never held against itself.
   */
  private Optional<Run> baseline(RequestVerdict command, Run run) {
    Phase phase = command.phase();
    Comparator<Baseline> nearest =
        phase == null
            ? Comparator.comparing(Baseline::phase)
            : Comparator.comparing(Baseline::phase, Comparator.reverseOrder());
    return baselines.of(command.application()).stream()
        .filter(baseline ->
            !baseline.runId().equals(run.id())
                && (phase == null || baseline.phase().compareTo(phase) <= 0))
        .sorted(nearest.thenComparing(Baseline::number, Comparator.reverseOrder()))
        .map(baseline -> evidence.run(baseline.runId()))
        .filter(baseline -> !evidence.pairing(baseline, run).pairs().isEmpty())
        .findFirst();
  }

  private Judgement judge(Criteria criteria, Run run, @Nullable UUID baseline) {
    Suite suite = evidence.suite(run.suiteDigest());
    Figures figures =
        Figures.of(
            evidence.observations(run),
            suite.labels(),
            suite.definition().evaluators(),
            run.seed());
    Pairing pairing = baseline == null ? null : evidence.pairing(evidence.run(baseline), run);
    return Judgement.of(criteria.criteria(), figures, pairing, run.seed());
  }

  @Transactional(readOnly = true)
  Verdict find(UUID id) {
    return verdicts.find(id).orElseThrow(Problem::notFound);
  }

  @Transactional(readOnly = true)
  ReplayedVerdict replay(UUID id) {
    Verdict verdict = find(id);
    UUID runId = verdict.runId();
    if (verdict.kind() == VerdictKind.CANARY || runId == null || verdict.criteriaDigest() == null) {
      throw new Problem(
          CommonProblem.UNPROCESSABLE,
          "A canary's verdict rests on live traffic; see its guard under /api/guards.");
    }
    Criteria criteria = registered.find(verdict.application(), verdict.criteriaDigest()).getFirst();
    Judgement again = judge(criteria, evidence.run(runId), verdict.baselineRunId());
    boolean equal =
        again.equals(new Judgement(verdict.outcome(), verdict.criteria(), verdict.reasons()));
    return new ReplayedVerdict(id, equal, again.outcome(), again.reasons(), again.criteria());
  }

  /** As the database keeps it, so that what is answered now equals what is read later. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
