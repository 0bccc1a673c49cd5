package io.plumbline.evaluation.run;

import io.plumbline.evaluation.inference.InferenceClient;
import io.plumbline.evaluation.leakage.LeakageCheck;
import io.plumbline.evaluation.leakage.UnknownPrompt;
import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.output.Answer;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.run.RunInputs.Assignment;
import io.plumbline.evaluation.run.RunInputs.QuestionReader;
import io.plumbline.evaluation.run.turn.OutageDetector;
import io.plumbline.evaluation.run.turn.RunSlots;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.SuiteItem;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.platform.job.JobPostponed;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * The job that sends the open questions of a run, a bounded number concurrently, and writes the
 * answers in batches. After a crash it resumes after the last written batch, and sends questions
 * without a written answer again.
 */
@Component
class RunJob implements JobHandler {

  static final String KIND = "evaluation-run";

  private static final Duration POLL = Duration.ofSeconds(1);

  record Payload(UUID runId) {}

  private final RunInputs assignments;
  private final RunRecorder recorder;
  private final RunItems items;
  private final ItemRunner runner;
  private final LeakageCheck leakageCheck;
  private final RunSlots slots;
  private final InstantSource clock;
  private final EvaluationSettings settings;

  RunJob(
      RunInputs assignments,
      RunRecorder recorder,
      RunItems items,
      ItemRunner runner,
      LeakageCheck leakageCheck,
      RunSlots slots,
      Clock clock,
      EvaluationSettings settings) {
    this.assignments = assignments;
    this.recorder = recorder;
    this.items = items;
    this.runner = runner;
    this.leakageCheck = leakageCheck;
    this.slots = slots;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public boolean reserve() {
    return slots.tryTake();
  }

  @Override
  public void release() {
    slots.giveBack();
  }

  @Override
  public void run(JobContext job) throws InterruptedException {
    UUID id = job.payload(Payload.class).runId();
    try {
      resume(job, id);
    } catch (JobPostponed notYet) {
      throw notYet;
    } catch (UnknownPrompt refused) {
      job.runUnderLease(() -> recorder.endFailed(id, refused.getMessage()));
    } catch (RuntimeException | Error unexpected) {
      if (!job.willRunAgain(unexpected)) {
        job.runUnderLease(() ->
            recorder.endFailed(id, "The run stopped with an error: " + unexpected.getMessage()));
      }
      throw unexpected;
    }
  }

  @Override
  public void recordGivenUp(JobContext job, String reason) {
    job.runUnderLease(() -> recorder.endFailed(job.payload(Payload.class).runId(), reason));
  }

  private void resume(JobContext job, UUID id) throws InterruptedException {
    Assignment assignment = assignments.find(id);
    Run run = assignment.run();
    if (run.state() != Run.State.RUNNING) {
      return;
    }
    assignments.requireStartable(assignment);
    LeakageCheck.Result leakage = leakage(assignment).orElse(null);
    if (leakage != null && leakage.leakage().exceedsTolerance()) {
      job.runUnderLease(() -> recorder.endFailed(id, leakage.refusalReason()));
      return;
    }
    if (run.criteriaVersion() != null && run.isOfVariant()) {
      job.runUnderLease(() -> items.copyEarlierResults(id));
    }
    Set<String> excluded = leakage == null ? Set.of() : leakage.excluded();
    Optional<String> failure =
        answerQuestions(job, assignment, assignments.openQuestions(assignment, excluded));
    if (job.isCancellationRequested()) {
      job.runUnderLease(() -> recorder.endCancelled(id));
    } else if (failure.isPresent()) {
      job.runUnderLease(() -> recorder.endFailed(id, failure.get()));
    } else {
      Figures figures = figures(assignment);
      job.runUnderLease(() -> recorder.finish(id, figures));
    }
  }

  private Figures figures(Assignment assignment) {
    Suite suite = assignment.suite();
    return Figures.of(
        items.observations(assignment.run().id()),
        suite.labels(),
        suite.definition().metrics(),
        assignment.run().seed());
  }

  /** Returns the leakage of a run; empty for exploration and for a bare model. */
  private Optional<LeakageCheck.Result> leakage(Assignment assignment) {
    Run run = assignment.run();
    if (run.criteriaVersion() == null) {
      return Optional.empty();
    }
    return assignment
        .variant()
        .map(variant ->
            leakageCheck.leakageOf(run.id(), assignment.suite(), assignment.items(), variant));
  }

  /**
   * Sends the questions.
   *
   * @return why the run fails; empty unless too many questions have no answer
   */
  private Optional<String> answerQuestions(
      JobContext job, Assignment assignment, Map<String, List<SuiteItem>> open)
      throws InterruptedException {
    int questions = open.values().stream().mapToInt(List::size).sum();
    try (Answers answers = new Answers(job, assignment, questions)) {
      assignments.readQuestions(assignment, open, answers);
      answers.finish();
      return answers.failureReason();
    }
  }

  /** The questions of a run that are under way, and the answers that are not written yet. */
  private final class Answers implements QuestionReader, AutoCloseable {

    private final JobContext job;
    private final Run run;
    private final RunScorers scorers;
    private final ItemRunner.Reuse reuse;
    private final int tolerated;
    private final List<Answer> batch = new ArrayList<>();
    private final OutageDetector outages;
    private final Calls calls;
    private final boolean unanswered;
    private final int asked;
    private boolean inOutage;
    private boolean unreachable;
    private boolean stalled;
    private int failed;
    private int done;
    private String lastError = "counted in an earlier run of the attempt";

    Answers(JobContext job, Assignment assignment, int questions) {
      this.job = job;
      this.run = assignment.run();
      this.tolerated = (int) (settings.maxFailedShare() * run.total());
      this.outages = new OutageDetector(clock, tolerated);
      this.calls = new Calls(Caller.current(), outages, assignment.sealed());
      this.scorers = runner.scorersOf(assignment.suite().definition());
      this.reuse = new ItemRunner.Reuse(assignment.reusesAnswers());
      this.failed = items.countFailed(run.id());
      this.done = items.countItems(run.id());
      this.asked = done + questions;
      this.unanswered = done == failed;
    }

    @Override
    public boolean canContinue() {
      return failed <= tolerated && !unreachable && !stalled && !job.isCancellationRequested();
    }

    @Override
    public void ask(Question question) throws InterruptedException {
      while (canContinue() && calls.underWay() >= settings.concurrency()) {
        takeNext();
      }
      if (canContinue()) {
        calls.submit(() -> runner.answer(question, scorers, reuse));
      }
    }

    /** Waits for the questions under way, unless the run is over. */
    void finish() throws InterruptedException {
      while (canContinue() && calls.underWay() > 0) {
        takeNext();
      }
      writeBatch();
      recordUncounted();
    }

    private void recordUncounted() {
      OutageDetector.Uncounted uncounted = outages.takeUncounted();
      if (!uncounted.equals(OutageDetector.Uncounted.NONE)) {
        job.runUnderLease(() -> recorder.recordUncounted(run.id(), uncounted));
      }
    }

    /**
     * Takes the next answer. It waits a short time only, so that a cancelled run does not wait for
     * a slow model.
     */
    private void takeNext() throws InterruptedException {
      Optional<Answer> taken = calls.poll();
      if (taken.isPresent()) {
        inOutage = false;
        addAnswer(taken.get());
      } else {
        Optional<String> outage = outages.outageCause(calls.underWay());
        if (outage.isPresent()) {
          handleOutage(outage.get());
        }
      }
    }

    /**
     * Lets other runs send questions during an outage of this one. Marks this run as unreachable
     * when its first questions, as many as are sent at a time, got nothing but failures for longer
     * than a server takes to restart.
     */
    private void handleOutage(String error) throws InterruptedException {
      if (!inOutage || !error.equals(lastError)) {
        job.reportProgress(progressShare(), "No answer at present; the last error: " + error);
      }
      inOutage = true;
      lastError = error;
      unreachable = unanswered && outages.isUnreachableFor(settings.startTimeout());
      stalled = outages.isStalledFor(settings.patience());
      if (canContinue() && outages.holdAttempts(calls.underWay())) {
        outages.resumeAttempts(slots.lend(job::isCancellationRequested));
      }
    }

    private double progressShare() {
      if (asked == 0) {
        return 1;
      }
      return (double) done / asked;
    }

    private void addAnswer(Answer answer) {
      batch.add(answer);
      if (!answer.item().answered()) {
        failed++;
        lastError = String.valueOf(answer.item().error());
      }
      if (batch.size() >= settings.batchSize()) {
        writeBatch();
      }
    }

    private void writeBatch() {
      if (!batch.isEmpty()) {
        job.runUnderLease(() -> items.add(run.id(), batch));
        done += batch.size();
        batch.clear();
        recordUncounted();
        job.reportProgress(progressShare(), progressText());
      }
    }

    private String progressText() {
      String answered = "%d of %d answered".formatted(done - failed, asked);
      if (failed == 0) {
        return answered;
      }
      return answered + "; %d got no answer, the last: %s".formatted(failed, lastError);
    }

    Optional<String> failureReason() {
      if (unreachable) {
        return Optional.of(
            "None of the first %d items got an answer in %d s; the last error: %s"
                .formatted(calls.underWay(), settings.startTimeout().toSeconds(), lastError));
      }
      if (stalled) {
        return Optional.of(
            "No question got a reply for %d h; the last error: %s"
                .formatted(settings.patience().toHours(), lastError));
      }
      if (failed <= tolerated) {
        return Optional.empty();
      }
      return Optional.of(
          "More than %d of %d items got no answer; the last: %s"
              .formatted(tolerated, run.total(), lastError));
    }

    @Override
    public void close() {
      calls.close();
    }
  }

  /** The concurrent calls, each on a virtual thread. Closing interrupts those still running. */
  private static final class Calls implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletionService<Answer> completed = new ExecutorCompletionService<>(threads);
    private final Caller caller;
    private final OutageDetector outages;
    private final boolean sealed;
    private int underWay;

    Calls(Caller caller, OutageDetector outages, boolean sealed) {
      this.caller = caller;
      this.outages = outages;
      this.sealed = sealed;
    }

    int underWay() {
      return underWay;
    }

    void submit(Callable<Answer> question) {
      completed.submit(() ->
          caller.call(
              () -> InferenceClient.callSealed(sealed, () -> outages.callWatched(question))));
      underWay++;
    }

    /** Returns the next answer; empty when none comes soon. */
    Optional<Answer> poll() throws InterruptedException {
      Future<Answer> next = completed.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        return Optional.empty();
      }
      underWay--;
      try {
        return Optional.of(next.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException unexpected) {
          throw unexpected;
        }
        throw new IllegalStateException(e.getCause());
      }
    }

    @Override
    public void close() {
      threads.shutdownNow();
      threads.close();
    }
  }
}
