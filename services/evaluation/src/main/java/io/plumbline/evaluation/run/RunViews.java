package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.leakage.Leakage;
import io.plumbline.evaluation.leakage.Leakages;
import io.plumbline.evaluation.output.OutputReaders;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.projection.VariantProjection;
import io.plumbline.evaluation.run.turn.OutageDetector;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.job.JobView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Shows runs as the caller may see them. Callers run in a transaction. */
@Component
class RunViews {

  private final Runs runs;
  private final RunItems items;
  private final JobQueue jobs;
  private final Leakages leakages;
  private final VariantProjection variants;
  private final SealedSuites sealed;
  private final OutputReaders readers;

  RunViews(
      Runs runs,
      RunItems items,
      JobQueue jobs,
      Leakages leakages,
      VariantProjection variants,
      SealedSuites sealed,
      OutputReaders readers) {
    this.runs = runs;
    this.items = items;
    this.jobs = jobs;
    this.leakages = leakages;
    this.variants = variants;
    this.sealed = sealed;
    this.readers = readers;
  }

  RunView of(Run run) {
    return of(List.of(run)).getFirst();
  }

  List<RunView> of(List<Run> shown) {
    List<UUID> ids = shown.stream().map(Run::id).toList();
    Map<UUID, Leakage> found = leakages.ofRuns(ids);
    Map<UUID, RunItems.Answerers> answerers = items.answerers(ids);
    Map<UUID, OutageDetector.Uncounted> uncounted = runs.uncounted(ids);
    Map<UUID, RunItems.Pricing> pricings = items.pricings(ids);
    Set<Digest> varying =
        variants.withoutTemperature(shown.stream().map(Run::subjectDigest).distinct().toList());
    Set<Digest> closed =
        sealed.filterSealed(shown.stream().map(Run::suiteDigest).distinct().toList());
    boolean seesOutputs = readers.includeCaller();
    return shown.stream()
        .map(run -> {
          RunItems.Pricing pricing = pricings.getOrDefault(run.id(), RunItems.Pricing.NONE);
          return RunView.from(
              run,
              doneItems(run),
              pricing.unpriced() == 0,
              run.whyNotReused(varying.contains(run.subjectDigest()))
                  .or(() -> Run.whyPricedAnew(pricing.pricedAnew()))
                  .orElse(null),
              answerers.getOrDefault(run.id(), RunItems.Answerers.NONE),
              uncounted.getOrDefault(run.id(), OutageDetector.Uncounted.NONE),
              job(run).orElse(null),
              found.get(run.id()),
              closed.contains(run.suiteDigest()),
              seesOutputs);
        })
        .toList();
  }

  private int doneItems(Run run) {
    if (run.state() == Run.State.RUNNING) {
      return items.countItems(run.id());
    }
    return run.total();
  }

  private Optional<JobView> job(Run run) {
    UUID job = run.jobId();
    if (run.state() != Run.State.RUNNING || job == null) {
      return Optional.empty();
    }
    return jobs.find(job);
  }
}
