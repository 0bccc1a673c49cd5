package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent;
import io.plumbline.contracts.EvaluationEvent.RunFinished;
import io.plumbline.contracts.EvaluationEvent.RunStarted;
import io.plumbline.contracts.Money;
import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.output.JudgeUsage;
import io.plumbline.evaluation.output.RunItem;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.run.turn.OutageDetector;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Records the start and the end of runs, each with its event. A run ends once. */
@Service
class RunRecorder {

  private final Runs runs;
  private final RunItems items;
  private final Attempts attempts;
  private final JobQueue jobs;
  private final Outbox outbox;
  private final Clock clock;

  RunRecorder(
      Runs runs, RunItems items, Attempts attempts, JobQueue jobs, Outbox outbox, Clock clock) {
    this.runs = runs;
    this.items = items;
    this.attempts = attempts;
    this.jobs = jobs;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Records a run with its job and its attempt.
   *
   * @param criteria the criteria that will judge the run; absent for exploration
   */
  @Transactional
  Run recordStart(
      RunController.StartRun command, Suite suite, Digest subject, @Nullable Criteria criteria) {
    UUID id = Ids.next();
    UUID job = jobs.enqueue(RunJob.KIND, new RunJob.Payload(id), 0);
    Run run =
        new Run(
            id,
            command.application(),
            suite.digest(),
            command.inferenceModel(),
            subject,
            criteria == null ? null : criteria.version(),
            command.component(),
            Objects.requireNonNullElse(command.seed(), 1L),
            Boolean.TRUE.equals(command.fresh()),
            suite.questionCount(),
            job,
            Caller.current().actor(),
            clock.instant(),
            Run.State.RUNNING,
            Run.Result.NONE);
    runs.add(run, attempts.recordAttempt(run, suite, criteria));
    outbox.append(
        new RunStarted(
            id,
            run.application(),
            run.suiteDigest(),
            run.subjectDigest(),
            run.model(),
            run.seed(),
            run.total()),
        id.toString(),
        1);
    return run;
  }

  /** Records calls of a run that did not count. */
  @Transactional
  void recordUncounted(UUID id, OutageDetector.Uncounted uncounted) {
    runs.addUncounted(id, uncounted);
  }

  /**
   * Ends a run with its figures. Computing them takes seconds, so that is done before this
   * transaction, which locks the run.
   */
  @Transactional
  void finish(UUID id, Figures figures) {
    Run run = runs.lock(id).orElseThrow();
    if (run.state() == Run.State.RUNNING) {
      end(run, Run.State.FINISHED, null, figures);
    }
  }

  @Transactional
  void endFailed(UUID id, String reason) {
    Run run = runs.lock(id).orElseThrow();
    if (run.state() == Run.State.RUNNING) {
      end(run, Run.State.FAILED, reason, null);
    }
  }

  @Transactional
  void endCancelled(UUID id) {
    Run run = runs.lock(id).orElseThrow();
    if (run.state() == Run.State.RUNNING) {
      end(run, Run.State.CANCELLED, "Cancelled", null);
    }
  }

  private void end(Run run, Run.State state, @Nullable String reason, @Nullable Figures figures) {
    RunItems.Answered all = items.answeredItems(run.id());
    List<RunItem> answered = all.items();
    long originals =
        answered.stream().filter(item -> item.perturbation() == Perturbation.NONE).count();
    Run.Result result =
        new Run.Result(
            reason,
            (int) answered.stream().filter(item -> !item.answered()).count(),
            (int) answered.stream().filter(RunItem::reused).count(),
            figures,
            JudgeUsage.of(answered).orElse(null),
            all.outputsDigest(),
            cost(answered),
            clock.instant());
    runs.end(run.id(), state, result);
    OutageDetector.Uncounted uncounted =
        runs.uncounted(List.of(run.id())).getOrDefault(run.id(), OutageDetector.Uncounted.NONE);
    Map<String, EvaluationEvent.Measure> metrics = new LinkedHashMap<>();
    if (figures != null) {
      figures.metrics().forEach((name, measure) -> metrics.put(name, measure.toEvent()));
    }
    outbox.append(
        new RunFinished(
            run.id(),
            run.application(),
            run.suiteDigest(),
            run.subjectDigest(),
            state.outcome(),
            originals,
            result.failed(),
            all.outputsDigest(),
            metrics,
            Money.usd(result.costUsd()),
            uncounted.retries(),
            uncounted.pauses()),
        run.id().toString(),
        2);
  }

  /** Returns the run's own cost, including its judges, as far as prices are known. */
  private static BigDecimal cost(List<RunItem> answered) {
    Stream<BigDecimal> answers =
        answered.stream()
            .filter(item -> !item.reused())
            .flatMap(item -> Optional.ofNullable(item.costUsd()).stream());
    Stream<BigDecimal> judges =
        answered.stream()
            .flatMap(item -> item.judged().values().stream())
            .filter(call -> !call.earlier())
            .flatMap(call -> Optional.ofNullable(call.costUsd()).stream());
    return Stream.concat(answers, judges).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
