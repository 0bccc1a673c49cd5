package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.experiment.RunJudge.Pricing;
import io.plumbline.evaluation.output.CostBasis;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.projection.CriteriaProjection;
import io.plumbline.evaluation.projection.ModelPrice;
import io.plumbline.evaluation.projection.VariantProjection;
import io.plumbline.evaluation.run.Run;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.platform.job.JobQueue;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Judges passed verdicts again when the price of a model changes. Their criterion on cost is
 * computed from the usage that was kept, and no model is called. A verdict that still passes stays;
 * one that does not is replaced by a newer verdict, which every gate honours.
 */
@Service
class VerdictRepricing implements JobHandler {

  private static final String KIND = "evaluation-repricing";

  /** The model whose price changed. */
  record Payload(String model) {}

  private static final Logger log = LoggerFactory.getLogger(VerdictRepricing.class);

  private final Verdicts verdicts;
  private final CriteriaProjection registered;
  private final VariantProjection variants;
  private final RunResults results;
  private final RunJudge judge;
  private final JobQueue jobs;
  private final Clock clock;

  VerdictRepricing(
      Verdicts verdicts,
      CriteriaProjection registered,
      VariantProjection variants,
      RunResults results,
      RunJudge judge,
      JobQueue jobs,
      Clock clock) {
    this.verdicts = verdicts;
    this.registered = registered;
    this.variants = variants;
    this.results = results;
    this.judge = judge;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Has the verdicts that depend on the price of a model judged again in the background. */
  @OnEvent
  public void on(BaseModelListed event) {
    if (event.inputPerMillion() != null) {
      jobs.enqueue(KIND, new Payload(event.model()), 0);
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext job) {
    String model = job.payload(Payload.class).model();
    for (String application : variants.applications()) {
      job.runUnderLease(() -> judgeAgain(application, model));
    }
  }

  private void judgeAgain(String application, String model) {
    // The lock is taken first, so that a verdict that is issued at the same time is found here.
    long sequence = verdicts.nextSequence(application);
    for (Verdict passed : verdicts.passedDependingOn(application, model)) {
      if (judgeAgain(passed, sequence)) {
        sequence++;
      }
    }
  }

  private boolean judgeAgain(Verdict passed, long sequence) {
    Integer version = passed.criteriaVersion();
    CostBasis former = passed.costBasis();
    // A verdict from before usage was kept cannot be computed under other prices.
    if (passed.runId() == null || version == null || former == null) {
      return false;
    }
    Criteria criteria = registered.findVersion(passed.application(), version).orElseThrow();
    Run run = results.getRun(passed.runId());
    Run baseline = passed.baselineRunId() == null ? null : results.getRun(passed.baselineRunId());
    Map<String, ModelPrice> prices =
        judge.pricesInForce(judge.pricedModels(criteria, run, baseline));
    if (former.pricesByModel().equals(prices)) {
      return false;
    }
    Pricing pricing = new Pricing(prices, true);
    Judgement judgement = judge.judge(criteria, run, baseline, pricing);
    if (judgement.outcome() == Outcome.PASS) {
      return false;
    }
    verdicts.issue(
        new Verdict(
            Ids.next(),
            passed.kind(),
            passed.application(),
            sequence,
            passed.phase(),
            passed.subjectDigest(),
            passed.criteriaDigest(),
            version,
            passed.suiteDigest(),
            passed.plannedVerdicts(),
            run.id(),
            passed.baselineRunId(),
            null,
            passed.seed(),
            judgement,
            Caller.current().actor(),
            clock.instant(),
            passed.comparedWith(),
            passed.afterData(),
            judge.basis(criteria, run, pricing),
            passed.verdictId()));
    log.info(
        "Verdict {} of application {} is {} under the prices in force, and no longer opens a gate",
        passed.verdictId(),
        passed.application(),
        judgement.outcome());
    return true;
  }
}
