package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.metric.Pairing;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.projection.CriteriaProjection;
import io.plumbline.evaluation.run.Run;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Issues verdicts on finished runs by criteria that were registered before them, and replays issued
 * ones.
 */
@Service
class VerdictService {

  /**
   * A verdict recomputed from its items and seed.
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
  private final CriteriaProjection registered;
  private final Baselines baselines;
  private final RunResults results;
  private final Clock clock;

  VerdictService(
      Verdicts verdicts,
      CriteriaProjection registered,
      Baselines baselines,
      RunResults results,
      Clock clock) {
    this.verdicts = verdicts;
    this.registered = registered;
    this.baselines = baselines;
    this.results = results;
    this.clock = clock;
  }

  @Transactional
  Verdict issue(RequestVerdict command) {
    command.check();
    Run run = results.finished(command.runId(), command.application(), "/runId");
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
            clock.instant());
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
              "Start a new run: criteria judge only runs that start after they are registered.")
          .at(
              "/criteriaDigest",
              "was registered at %s, after the run started at %s"
                  .formatted(versions.getFirst().registeredAt(), run.createdAt()));
    }
    Criteria inForce = registered.inForce(command.application(), run.createdAt()).orElseThrow();
    if (!inForce.digest().equals(command.criteriaDigest())) {
      throw new Problem(
              ExperimentProblem.CRITERIA_SUPERSEDED,
              "Pass the digest of version %d (%s), which was in force when the run started."
                  .formatted(inForce.version(), inForce.digest()))
          .at("/criteriaDigest", "was superseded before the run started");
    }
    if (!inForce.severalKinds()) {
      throw new Problem(
              ExperimentProblem.SINGLE_METRIC,
              "Register criteria of at least two different kinds, then start a new run.")
          .missing(List.of("criteria of a second kind"));
    }
    return inForce;
  }

  /** The preferred baseline that has an item in common with the run. */
  private Optional<Run> baseline(RequestVerdict command, Run run) {
    return Baseline.preferred(baselines.of(command.application()), command.phase(), run.id())
        .stream()
        .map(baseline -> results.run(baseline.runId()))
        .filter(baseline -> !results.pairing(baseline, run).pairs().isEmpty())
        .findFirst();
  }

  private Judgement judge(Criteria criteria, Run run, @Nullable UUID baseline) {
    Suite suite = results.suite(run.suiteDigest());
    Figures figures =
        Figures.of(
            results.observations(run), suite.labels(), suite.definition().evaluators(), run.seed());
    Pairing pairing = baseline == null ? null : results.pairing(results.run(baseline), run);
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
          "A CANARY verdict is based on live traffic and cannot be replayed; get its guard at"
              + " /api/guards/{releaseId}.");
    }
    Criteria criteria = registered.find(verdict.application(), verdict.criteriaDigest()).getFirst();
    Judgement again = judge(criteria, results.run(runId), verdict.baselineRunId());
    boolean equal =
        again.equals(new Judgement(verdict.outcome(), verdict.criteria(), verdict.reasons()));
    return new ReplayedVerdict(id, equal, again.outcome(), again.reasons(), again.criteria());
  }
}
