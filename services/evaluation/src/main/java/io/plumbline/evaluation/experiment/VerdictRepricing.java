package io.plumbline.evaluation.experiment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.evaluation.projection.ModelPriceProjection;
import io.plumbline.evaluation.projection.VariantProjection;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.platform.job.JobPostponed;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.job.LeaseLost;
import io.plumbline.platform.observability.Metrics;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;

/**
 * Judges verdicts again when the price of a model changes: those that passed, and those that it
 * issued itself. Their criterion on cost is computed from the usage that was kept, and no model is
 * called. A verdict that passes as before stays; any other is replaced by a newer one, which every
 * gate honours.
 */
@Service
class VerdictRepricing implements JobHandler {

  private static final String KIND = "evaluation-repricing";

  /** After this pause the job judges again what it could not judge. */
  private static final Duration RETRY_PAUSE = Duration.ofMinutes(5);

  /** The model whose price changed. */
  record Payload(String model) {}

  private static final Logger log = LoggerFactory.getLogger(VerdictRepricing.class);

  private final VerdictService verdicts;
  private final ModelPriceProjection prices;
  private final VariantProjection variants;
  private final JobQueue jobs;
  private final Counter failures;

  VerdictRepricing(
      VerdictService verdicts,
      ModelPriceProjection prices,
      VariantProjection variants,
      JobQueue jobs,
      MeterRegistry meters) {
    this.verdicts = verdicts;
    this.prices = prices;
    this.variants = variants;
    this.jobs = jobs;
    this.failures = Metrics.REPRICING_FAILURES.counter(meters);
  }

  /** Has the verdicts that depend on a changed price judged again in the background. */
  @OnEvent
  public void on(BaseModelListed event) {
    if (prices.noteChange(event.model())) {
      jobs.enqueueOnce(KIND, new Payload(event.model()), 0);
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext job) {
    String model = job.payload(Payload.class).model();
    int failed = 0;
    for (String application : variants.applications()) {
      for (UUID verdict : verdicts.findToJudgeAgain(application, model)) {
        failed += judgeAgain(job, verdict) ? 0 : 1;
      }
    }
    if (failed > 0) {
      throw new JobPostponed(
          RETRY_PAUSE,
          "%d verdicts could not be judged again by the price of %s".formatted(failed, model));
    }
  }

  /**
   * Judges one verdict again, independently of all others.
   *
   * @return whether that succeeded
   */
  private boolean judgeAgain(JobContext job, UUID verdict) {
    try {
      verdicts
          .judgeAgain(verdict)
          .ifPresent(replacement -> job.runUnderLease(() -> replace(replacement)));
      return true;
    } catch (LeaseLost | TransactionException stopsAll) {
      throw stopsAll;
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      failures.increment();
      log.error(
          "Verdict {} could not be judged again after a price changed, and stands until it is",
          verdict,
          e);
      return false;
    }
  }

  private void replace(VerdictService.Replacement replacement) {
    if (verdicts.replace(replacement)) {
      log.info(
          "Verdict {} of application {} was {} and is {} under the prices in force",
          replacement.former().verdictId(),
          replacement.former().application(),
          replacement.former().judgement().outcome(),
          replacement.judgement().outcome());
    }
  }
}
