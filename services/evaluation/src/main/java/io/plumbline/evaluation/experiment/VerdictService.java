package io.plumbline.evaluation.experiment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.experiment.RunJudge.Pricing;
import io.plumbline.evaluation.experiment.VerdictView.Supersession;
import io.plumbline.evaluation.metric.Measure;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.output.CostBasis;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.projection.CriteriaProjection;
import io.plumbline.evaluation.projection.ModelServer;
import io.plumbline.evaluation.run.Run;
import io.plumbline.evaluation.run.turn.OutageDetector;
import io.plumbline.evaluation.suite.SuiteDefinition;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Issues verdicts on finished runs by the criteria that they were started under, replays issued
 * ones, and replaces those that changed prices make pass or pass no more.
 */
@Service
class VerdictService {

  /**
   * A verdict that was recomputed from the stored outputs of its runs and its seed, without a call
   * of any model.
   *
   * @param equal whether nothing differs, to the last digit, and the outputs are the same
   * @param sameOutputs whether the outputs of the run, and of the baseline, are those whose digest
   *     was published when they ended
   */
  record ReplayedVerdict(
      UUID verdictId, boolean equal, boolean sameOutputs, @JsonUnwrapped Judgement judgement) {}

  /**
   * The replacement of a verdict, before it is issued.
   *
   * @param models the models whose prices it depends on
   */
  record Replacement(
      Verdict former, Run run, Judgement judgement, Pricing pricing, Set<String> models) {}

  private final Verdicts verdicts;
  private final CriteriaProjection registered;
  private final Baselines baselines;
  private final RunResults results;
  private final RunEvidence evidence;
  private final RunJudge judge;
  private final Clock clock;

  VerdictService(
      Verdicts verdicts,
      CriteriaProjection registered,
      Baselines baselines,
      RunResults results,
      RunEvidence evidence,
      RunJudge judge,
      Clock clock) {
    this.verdicts = verdicts;
    this.registered = registered;
    this.baselines = baselines;
    this.results = results;
    this.evidence = evidence;
    this.judge = judge;
    this.clock = clock;
  }

  @Transactional
  VerdictView issue(RequestVerdict command) {
    command.requireIssuableKind();
    Run run = results.requireFinished(command.runId(), command.application(), "/runId");
    Criteria criteria = criteria(command, run);
    requireSamePurpose(command.kind(), criteria);
    Phase phase = command.kind() == VerdictKind.PHASE ? evidence.requirePhase(run, "/runId") : null;
    // This check saves a judgement, which may take seconds; the one under the lock decides.
    requireNewestEvidence(command.kind(), run);
    List<Run> comparable = comparableBaselines(criteria, run);
    Run baseline = comparable.stream().findFirst().orElse(null);
    Set<String> models = judge.pricedModels(criteria, run, baseline);
    Pricing pricing = new Pricing(judge.pricesInForce(models), false);
    Judgement judgement = judge.judge(criteria, run, baseline, pricing);
    long sequence = verdicts.nextSequence(command.application());
    requireNewestEvidence(command.kind(), run);
    // Prices that change later find this verdict, because the lock is held until it is visible.
    Pricing inForce = new Pricing(judge.pricesInForce(models), false);
    if (!inForce.equals(pricing)) {
      judgement = judge.judge(criteria, run, baseline, inForce);
    }
    Verdict verdict =
        new Verdict(
            Ids.next(),
            command.kind(),
            command.application(),
            sequence,
            phase,
            run.subjectDigest(),
            criteria.digest(),
            criteria.version(),
            criteria.suite(),
            criteria.plan().planned(),
            run.id(),
            baseline == null ? null : baseline.id(),
            null,
            run.seed(),
            judgement,
            Caller.current().actor(),
            clock.instant(),
            comparedWith(command.kind(), comparable),
            registered.isAfterData(criteria),
            judge.basis(criteria, run, inForce),
            null);
    verdicts.issue(verdict);
    return views(List.of(verdict)).getFirst();
  }

  private static @Nullable List<Digest> comparedWith(VerdictKind kind, List<Run> comparable) {
    if (kind != VerdictKind.REFRESH) {
      return null;
    }
    return comparable.stream().map(Run::subjectDigest).distinct().toList();
  }

  /**
   * Rejects a kind of verdict for another purpose than that of the criteria. Criteria of refreshes
   * judge nothing but refreshes, and criteria of releases judge no refreshes.
   */
  private static void requireSamePurpose(VerdictKind kind, Criteria criteria) {
    if (kind.purpose() != criteria.purpose()) {
      String remedy =
          switch (criteria.purpose()) {
            case REFRESH ->
                "The run was started under criteria of refreshes. Request a verdict of kind"
                    + " REFRESH, or run the suite that the criteria of releases name.";
            case RELEASE ->
                "The run was started under criteria of releases. Request a verdict of kind RELEASE"
                    + " or PHASE, or run the suite that the criteria of refreshes name.";
          };
      throw new Problem(ExperimentProblem.OTHER_PURPOSE, remedy)
          .withFieldError(
              "/kind",
              "is %s; the run was started under version %d, criteria of the purpose %s"
                  .formatted(kind, criteria.version(), criteria.purpose()));
    }
  }

  private Criteria criteria(RequestVerdict command, Run run) {
    if (!run.isOfVariant()) {
      throw new Problem(
              ExperimentProblem.NO_PHASE,
              "The run is of a bare model, and only variants get verdicts. Compose a variant of the"
                  + " model, and run the suite over it.")
          .withFieldError("/runId", "is a run of the bare model " + run.model());
    }
    Criteria started = evidence.requireCriteria(run, "/runId");
    Digest requested = command.criteriaDigest();
    if (started.digest().equals(requested)) {
      return started;
    }
    Criteria other =
        registered
            .find(command.application(), requested)
            .orElseThrow(() -> Problem.notYetKnown("/criteriaDigest"));
    if (other.version() > started.version()) {
      throw new Problem(
              ExperimentProblem.CRITERIA_AFTER_RUN,
              "The criteria were registered after the run started. Start a new run: criteria judge"
                  + " only runs that start after they are registered.")
          .withFieldError(
              "/criteriaDigest",
              "was registered at %s; the run started at %s, under version %d"
                  .formatted(other.registeredAt(), run.createdAt(), started.version()));
    }
    throw new Problem(
            ExperimentProblem.CRITERIA_SUPERSEDED,
            "These criteria were not in force any more when the run started. Pass the digest of"
                + " version"
                + " %d (%s), which was.".formatted(started.version(), started.digest()))
        .withFieldError("/criteriaDigest", "was superseded before the run started");
  }

  /**
   * Rejects a run that already has a verdict of this kind or failed by one of another kind, and a
   * run with older evidence than a failed canary of its variant. The newest verdict on a variant
   * decides, so a verdict on old answers must not follow one on newer answers.
   */
  private void requireNewestEvidence(VerdictKind kind, Run run) {
    verdicts
        .ofRun(run.id(), kind)
        .ifPresent(issued -> {
          throw new Problem(
                  ExperimentProblem.ALREADY_JUDGED,
                  "The run has the %s verdict %s already. Use that verdict: a run is judged once for each"
                          .formatted(kind, issued)
                      + " kind.")
              .withFieldError("/runId", "has the %s verdict %s".formatted(kind, issued));
        });
    verdicts
        .findFailedByRun(run.id())
        .ifPresent(issued -> {
          throw new Problem(
                  ExperimentProblem.ALREADY_JUDGED,
                  "The run failed by verdict %s. Improve the variant and run the suite over the new one:"
                          .formatted(issued)
                      + " a verdict of another kind"
                      + " would be a second look at the same answers.")
              .withFieldError("/runId", "failed by verdict " + issued);
        });
    verdicts
        .failedCanarySince(run)
        .ifPresent(issued -> {
          throw new Problem(
                  ExperimentProblem.NEWER_EVIDENCE,
                  "A canary of the variant failed after the run finished, by verdict %s. Improve the variant"
                          .formatted(issued)
                      + " and run the suite over the new one.")
              .withFieldError(
                  "/runId",
                  "finished at %s; a canary of the variant failed since, by verdict %s"
                      .formatted(run.result().finishedAt(), issued));
        });
  }

  /**
   * Returns the baselines on the same suite that the run may be compared with and has an item in
   * common with, the best first. The first criterion of quality orders them, and among equal ones
   * the newest comes first. The run is compared with the best. Any other order would allow a
   * comparison with a bad baseline that was recorded on purpose. A baseline that abstains from all
   * but a few items counts as the worst, since its figure is over these few alone.
   *
   * @return the best alone; for refreshes all, since their verdict names all of them; empty if no
   *     criterion needs a baseline
   */
  private List<Run> comparableBaselines(Criteria criteria, Run run) {
    if (!Judgement.needsBaseline(criteria.criteria())) {
      return List.of();
    }
    SuiteDefinition suite = results.suite(criteria.suite()).definition();
    List<Baseline> comparable =
        Baseline.comparable(
            baselines.ofApplication(run.application()),
            evidence.findPhase(run).orElse(null),
            run.id(),
            results.newestBaselineNumber(run));
    return comparable.stream()
        .map(baseline -> results.getRun(baseline.runId()))
        .filter(baseline -> baseline.suiteDigest().equals(criteria.suite()))
        .sorted(Comparator.comparingDouble((Run each) -> quality(criteria, suite, each)).reversed())
        .filter(baseline -> !results.pairing(baseline, run).pairs().isEmpty())
        .limit(criteria.purpose() == CriteriaPurpose.REFRESH ? comparable.size() : 1)
        .toList();
  }

  private static double quality(Criteria criteria, SuiteDefinition suite, Run run) {
    return criteria
        .firstQualityCriterion()
        .flatMap(criterion ->
            Optional.ofNullable(run.finishedFigures().metrics().get(criterion.metric()))
                .filter(measure ->
                    !dependsOnAnswers(suite, criterion)
                        || measure.observations() >= criterion.sampleSize())
                .map(Measure::value)
                .map(value -> criterion.direction() == Direction.AT_LEAST ? value : -value))
        .orElse(Double.NEGATIVE_INFINITY);
  }

  private static boolean dependsOnAnswers(SuiteDefinition suite, Criterion criterion) {
    return suite
        .metric(criterion.metric())
        .filter(each -> each.statistic().dependsOnAnswers())
        .isPresent();
  }

  @Transactional(readOnly = true)
  VerdictView get(UUID id) {
    return views(List.of(requireVerdict(id))).getFirst();
  }

  @Transactional(readOnly = true)
  Page<VerdictView> list(@Nullable String application, PageRequest page) {
    Page<Verdict> found = verdicts.list(application, page);
    return found.withItems(views(found.items()));
  }

  private List<VerdictView> views(List<Verdict> shown) {
    Map<UUID, Supersession> superseded = verdicts.supersessions(shown);
    Map<UUID, Integer> fallbacks = results.countFallbackItems(shown);
    Map<Digest, List<String>> models = evidence.modelNames(shown);
    Map<UUID, List<ModelServer>> servers = evidence.modelServers(shown, results.judges(shown));
    Map<UUID, OutageDetector.Uncounted> uncounted = results.uncounted(shown);
    return shown.stream()
        .map(verdict -> {
          OutageDetector.Uncounted calls =
              uncounted.getOrDefault(verdict.runId(), OutageDetector.Uncounted.NONE);
          return new VerdictView(
              verdict,
              models.getOrDefault(verdict.subjectDigest(), List.of()),
              servers.getOrDefault(verdict.verdictId(), List.of()),
              fallbacks.getOrDefault(verdict.verdictId(), 0),
              calls.retries(),
              calls.pauses(),
              superseded.get(verdict.verdictId()));
        })
        .toList();
  }

  private Verdict requireVerdict(UUID id) {
    return verdicts.find(id).orElseThrow(Problem::notFound);
  }

  @Transactional(readOnly = true)
  ReplayedVerdict replay(UUID id) {
    Verdict verdict = requireVerdict(id);
    UUID runId = verdict.runId();
    if (runId == null || verdict.criteriaVersion() == null) {
      throw new Problem(
          CommonProblem.UNPROCESSABLE,
          "A CANARY verdict is based on live traffic and cannot be replayed; get its guard at"
              + " /api/guards/{releaseId}.");
    }
    Criteria criteria = criteriaOf(verdict);
    Run run = results.getRun(runId);
    RunItems.Reread outputs = results.rescore(run);
    boolean same = outputs.outputsDigest().equals(run.result().outputsDigest());
    Run baseline = null;
    List<Observation> ofBaseline = List.of();
    if (verdict.baselineRunId() != null) {
      baseline = results.getRun(verdict.baselineRunId());
      RunItems.Reread reread = results.rescore(baseline);
      same &= reread.outputsDigest().equals(baseline.result().outputsDigest());
      ofBaseline = reread.observations();
    }
    Judgement again =
        judge.judge(
            criteria, run, outputs.observations(), baseline, ofBaseline, Pricing.of(verdict));
    return new ReplayedVerdict(id, again.equals(verdict.judgement()) && same, same, again);
  }

  /** Returns the verdicts of an application to judge again after the price of a model changed. */
  @Transactional
  List<UUID> findToJudgeAgain(String application, String model) {
    // This waits for the verdicts that are being issued by former prices.
    verdicts.nextSequence(application);
    return verdicts.decidingDependingOn(application, model);
  }

  /** Judges a verdict again; empty when whether it passes is the same. */
  @Transactional(readOnly = true)
  Optional<Replacement> judgeAgain(UUID id) {
    Verdict former = verdicts.find(id).orElseThrow();
    UUID runId = former.runId();
    CostBasis basis = former.costBasis();
    // A verdict from before usage was kept cannot be computed under other prices.
    if (runId == null || basis == null) {
      return Optional.empty();
    }
    Criteria criteria = criteriaOf(former);
    Run run = results.getRun(runId);
    Run baseline = former.baselineRunId() == null ? null : results.getRun(former.baselineRunId());
    Set<String> models = judge.pricedModels(criteria, run, baseline);
    Pricing pricing = new Pricing(judge.pricesInForce(models), true);
    if (basis.pricesByModel().equals(pricing.prices())) {
      return Optional.empty();
    }
    Judgement judgement = judge.judge(criteria, run, baseline, pricing);
    if (passes(judgement) == passes(former.judgement())) {
      return Optional.empty();
    }
    return Optional.of(new Replacement(former, run, judgement, pricing, models));
  }

  private Criteria criteriaOf(Verdict verdict) {
    int version = Objects.requireNonNull(verdict.criteriaVersion());
    return registered.findVersion(verdict.application(), version).orElseThrow();
  }

  private static boolean passes(Judgement judgement) {
    return judgement.outcome() == Outcome.PASS;
  }

  /**
   * Issues a replacement, unless the verdict has ceased to decide since, or the prices have changed
   * once more: then the job of that change judges it.
   *
   * @return whether it was issued
   */
  @Transactional(propagation = Propagation.MANDATORY)
  boolean replace(Replacement replacement) {
    Verdict former = replacement.former();
    long sequence = verdicts.nextSequence(former.application());
    if (!verdicts.isDeciding(former.verdictId())
        || !judge.pricesInForce(replacement.models()).equals(replacement.pricing().prices())) {
      return false;
    }
    verdicts.issue(
        new Verdict(
            Ids.next(),
            former.kind(),
            former.application(),
            sequence,
            former.phase(),
            former.subjectDigest(),
            former.criteriaDigest(),
            former.criteriaVersion(),
            former.suiteDigest(),
            former.plannedVerdicts(),
            former.runId(),
            former.baselineRunId(),
            null,
            former.seed(),
            replacement.judgement(),
            Caller.current().actor(),
            clock.instant(),
            former.comparedWith(),
            former.afterData(),
            judge.basis(criteriaOf(former), replacement.run(), replacement.pricing()),
            former.verdictId()));
    return true;
  }
}
