package io.plumbline.training.job;

import io.plumbline.contracts.Money;
import io.plumbline.contracts.TrainingEvent;
import io.plumbline.contracts.TrainingEvent.JobChanged;
import io.plumbline.platform.event.Outbox;
import io.plumbline.training.TrainingSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes down that a job's state has changed: the aggregate, one fact for other services, one entry
 * for those who watch.
 */
@Component
class JobRecord {

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);

  private final TrainingJobs jobs;
  private final JobStream stream;
  private final Outbox outbox;
  private final ApplicationEventPublisher inside;
  private final TrainingSettings settings;

  JobRecord(
      TrainingJobs jobs,
      JobStream stream,
      Outbox outbox,
      ApplicationEventPublisher inside,
      TrainingSettings settings) {
    this.jobs = jobs;
    this.stream = stream;
    this.outbox = outbox;
    this.inside = inside;
    this.settings = settings;
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void changed(TrainingJob changed) {
    TrainingJob job = jobs.saveAndFlush(changed);
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("state", job.state());
    entry.put("attempt", job.attempt());
    entry.put("reason", job.reason());
    if (job.state().ended()) {
      stream.revoke(job.id(), job.run());
      double seconds = stream.figures(job.id()).computeSeconds();
      entry.put("spend", spend(seconds));
      stream.append(job.id(), "state", entry);
      outbox.append(finished(job, seconds), job.id().toString(), job.revision() + 1);
      inside.publishEvent(new JobEnded(job, seconds));
    } else {
      stream.append(job.id(), "state", entry);
      outbox.append(
          new JobChanged(
              job.id(),
              job.application(),
              job.baseModel(),
              job.method().name(),
              job.splitDigest(),
              job.state().name(),
              job.attempt(),
              job.reason()),
          // Hibernate counts from 0, and a projection takes 0 for nothing known.
          job.id().toString(),
          job.revision() + 1);
    }
  }

  private TrainingEvent finished(TrainingJob job, double seconds) {
    TrainingResult result = job.result();
    Map<String, String> recipe = job.configuration().texts();
    recipe.put("seed", Long.toString(job.seed()));
    return new TrainingEvent.JobFinished(
        job.id(),
        job.application(),
        job.baseModel(),
        job.method().name(),
        job.state().name(),
        job.datasetDigest(),
        job.splitDigest(),
        result == null ? null : result.artifactDigest(),
        result == null ? null : result.checkpointDigest(),
        recipe,
        result == null ? Map.of() : result.metrics(),
        result == null ? List.of() : result.labels(),
        spend(seconds),
        seconds,
        job.author());
  }

  Money spend(double seconds) {
    return spend(settings, seconds);
  }

  static Money spend(TrainingSettings settings, double seconds) {
    return Money.usd(
        settings
            .usdPerHour()
            .multiply(BigDecimal.valueOf(seconds))
            .divide(SECONDS_PER_HOUR, 6, RoundingMode.HALF_UP));
  }
}
