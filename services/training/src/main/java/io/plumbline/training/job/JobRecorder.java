package io.plumbline.training.job;

import io.plumbline.contracts.Money;
import io.plumbline.contracts.TrainingEvent;
import io.plumbline.contracts.TrainingEvent.JobChanged;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.lifecycle.CpuModel;
import io.plumbline.training.TrainingSettings;
import io.plumbline.training.projection.DatasetProjection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Records a change of a job's state. It saves the aggregate, publishes an event to other services,
 * and appends an entry to the job's stream.
 */
@Component
class JobRecorder {

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);

  private final TrainingJobs jobs;
  private final DatasetProjection datasets;
  private final JobStream stream;
  private final Outbox outbox;
  private final ApplicationEventPublisher publisher;
  private final TrainingSettings settings;

  JobRecorder(
      TrainingJobs jobs,
      DatasetProjection datasets,
      JobStream stream,
      Outbox outbox,
      ApplicationEventPublisher publisher,
      TrainingSettings settings) {
    this.jobs = jobs;
    this.datasets = datasets;
    this.stream = stream;
    this.outbox = outbox;
    this.publisher = publisher;
    this.settings = settings;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void recordChange(TrainingJob changed) {
    TrainingJob job = jobs.saveAndFlush(changed);
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("state", job.state());
    entry.put("attempt", job.attempt());
    entry.put("reason", job.reason());
    Optional<RunOutcome> outcome = job.state().outcome();
    if (outcome.isPresent()) {
      stream.revokeLeases(job.id(), job.run());
      double seconds = stream.metrics(job.id()).computeSeconds();
      entry.put("spend", spendOf(seconds));
      stream.append(job.id(), "state", entry);
      outbox.append(
          finishedEvent(job, outcome.get(), seconds), job.id().toString(), job.aggregateVersion());
      publisher.publishEvent(new JobEnded(job, seconds));
    } else {
      stream.append(job.id(), "state", entry);
      outbox.append(
          new JobChanged(
              job.id(),
              job.spec().application(),
              job.spec().baseModel(),
              job.spec().method().name(),
              job.spec().splitDigest(),
              job.state(),
              job.attempt(),
              job.reason()),
          job.id().toString(),
          job.aggregateVersion());
    }
  }

  private TrainingEvent finishedEvent(TrainingJob job, RunOutcome outcome, double seconds) {
    Optional<TrainingResult> result = Optional.ofNullable(job.result());
    Map<String, String> recipe = job.configuration().textValues();
    recipe.put("seed", Long.toString(job.spec().seed()));
    recipe.put("processor", CpuModel.name());
    return new TrainingEvent.JobFinished(
        job.id(),
        job.spec().application(),
        job.spec().baseModel(),
        job.spec().method().name(),
        outcome,
        job.datasetDigest(),
        job.spec().splitDigest(),
        result.map(TrainingResult::artifactDigest).orElse(null),
        result.map(TrainingResult::checkpointDigest).orElse(null),
        recipe,
        result.map(TrainingResult::metrics).orElse(Map.of()),
        result.map(TrainingResult::labels).orElse(List.of()),
        spendOf(seconds),
        seconds,
        job.spec().author(),
        authorsOf(job));
  }

  /** Returns the author of a job and the authors of its dataset, in alphabetical order. */
  private List<String> authorsOf(TrainingJob job) {
    SortedSet<String> authors = new TreeSet<>(datasets.authors(job.spec().splitDigest()));
    authors.add(job.spec().author());
    return List.copyOf(authors);
  }

  Money spendOf(double seconds) {
    return spendOf(settings, seconds);
  }

  static Money spendOf(TrainingSettings settings, double seconds) {
    return Money.usd(
        settings
            .usdPerHour()
            .multiply(BigDecimal.valueOf(seconds))
            .divide(SECONDS_PER_HOUR, 6, RoundingMode.HALF_UP));
  }
}
