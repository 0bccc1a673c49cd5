package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent;
import io.plumbline.contracts.EvaluationEvent.RunFinished;
import io.plumbline.contracts.EvaluationEvent.RunStarted;
import io.plumbline.contracts.Money;
import io.plumbline.evaluation.leakage.LeakageCheck;
import io.plumbline.evaluation.leakage.Leakages;
import io.plumbline.evaluation.leakage.VariantLineages;
import io.plumbline.evaluation.metric.AbstentionCurve;
import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.output.Answer;
import io.plumbline.evaluation.output.AnswerView;
import io.plumbline.evaluation.output.JudgeUsage;
import io.plumbline.evaluation.output.RunItem;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.projection.ApplicationProjection;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.projection.CriteriaProjection;
import io.plumbline.evaluation.projection.Variant;
import io.plumbline.evaluation.projection.VariantProjection;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.SuiteScorers;
import io.plumbline.evaluation.suite.SubsetItems;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.SuiteItem;
import io.plumbline.evaluation.suite.Suites;
import io.plumbline.items.Item;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Starts runs and ends each of them once. */
@Service
class RunService {

  /**
   * The work of a run.
   *
   * @param variant the variant; empty for a bare model
   * @param reusesAnswers whether answers of earlier runs are reused
   */
  record Assignment(
      Run run,
      Suite suite,
      List<SuiteItem> items,
      Optional<Variant> variant,
      boolean reusesAnswers) {}

  private final Runs runs;
  private final RunItems items;
  private final Suites suites;
  private final ApplicationProjection applications;
  private final VariantProjection variants;
  private final VariantLineages lineages;
  private final CriteriaProjection registered;
  private final Attempts attempts;
  private final Leakages leakages;
  private final SubsetItems subsets;
  private final JsonMapper json;
  private final JobQueue jobs;
  private final Outbox outbox;
  private final Clock clock;

  RunService(
      Runs runs,
      RunItems items,
      Suites suites,
      ApplicationProjection applications,
      VariantProjection variants,
      VariantLineages lineages,
      CriteriaProjection registered,
      Attempts attempts,
      Leakages leakages,
      SubsetItems subsets,
      JsonMapper json,
      JobQueue jobs,
      Outbox outbox,
      Clock clock) {
    this.runs = runs;
    this.items = items;
    this.suites = suites;
    this.applications = applications;
    this.variants = variants;
    this.lineages = lineages;
    this.registered = registered;
    this.attempts = attempts;
    this.leakages = leakages;
    this.subsets = subsets;
    this.json = json;
    this.jobs = jobs;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  Run start(StartRun command) {
    Suite suite =
        suites.find(command.suiteDigest()).orElseThrow(() -> Problem.notYetKnown("/suiteDigest"));
    String model = command.inferenceModel();
    Digest subject = command.variantDigest();
    if (subject == null) {
      if (!applications.hasApplication(command.application())) {
        throw Problem.notYetKnown("/application", "application", command.application());
      }
      subject = Digest.ofText(model);
    } else {
      Variant variant = requireOwnVariant(command.application(), subject);
      requireAnotherJudge(suite, subject);
      if (suite.carriesVerdicts()) {
        lineages.requireKnownLineage(variant, "/variantDigest");
      }
    }
    Criteria criteria = suite.carriesVerdicts() ? requireCriteria(command, suite) : null;
    if (criteria != null) {
      Exploration exploration =
          runs.exploration(command.application(), subject, suite.definition().splitDigest());
      new PowerCheck(criteria, suite, exploration::measureOf).requireEnoughItems();
    }
    UUID id = Ids.next();
    UUID job = jobs.enqueue(RunJob.KIND, new RunJob.Payload(id), 0);
    Run run =
        new Run(
            id,
            command.application(),
            suite.digest(),
            model,
            subject,
            criteria == null ? null : criteria.version(),
            command.component(),
            Objects.requireNonNullElse(command.seed(), 1L),
            Boolean.TRUE.equals(command.fresh()),
            Run.State.RUNNING,
            null,
            suite.questionCount(),
            0,
            0,
            null,
            null,
            null,
            BigDecimal.ZERO,
            job,
            Caller.current().actor(),
            clock.instant(),
            null);
    runs.add(run, attempts.recordAttempt(run, suite, criteria));
    outbox.append(
        new RunStarted(
            id,
            run.application(),
            run.suiteDigest(),
            run.subjectDigest(),
            model,
            run.seed(),
            run.total()),
        id.toString(),
        1);
    return run;
  }

  private static void requireAnotherJudge(Suite suite, Digest subject) {
    suite
        .definition()
        .judges()
        .forEach((scorer, judge) -> {
          if (judge.equals(subject)) {
            throw RunProblem.judgesItself(scorer);
          }
        });
  }

  private Variant requireOwnVariant(String application, Digest variantDigest) {
    Variant variant =
        variants.find(variantDigest).orElseThrow(() -> Problem.notYetKnown("/variantDigest"));
    if (!variant.application().equals(application)) {
      throw new Problem(
              RunProblem.WRONG_APPLICATION,
              "The variant belongs to application %s. Pass that application, or another variant."
                  .formatted(variant.application()))
          .at("/application", "is not the application of this variant");
    }
    return variant;
  }

  /** Returns the criteria that will judge the run: those in force, if they name the suite. */
  private Criteria requireCriteria(StartRun command, Suite suite) {
    Criteria criteria =
        registered
            .inForce(command.application(), suite.digest())
            .orElseThrow(() -> RunProblem.criteriaRequired(command.application(), suite.digest()));
    if (!criteria.hasQualityAndAnotherKind()) {
      throw new Problem(
              RunProblem.SINGLE_METRIC,
              "The criteria in force do not cover quality and a second kind. Register criteria of"
                  + " quality and of at least one other kind, then start the run.")
          .missing(List.of("criteria of quality and of a second kind"));
    }
    return criteria;
  }

  @Transactional(readOnly = true)
  Assignment assignment(UUID id) {
    Run run = runs.find(id).orElseThrow();
    return new Assignment(
        run,
        suites.find(run.suiteDigest()).orElseThrow(),
        suites.items(run.suiteDigest()),
        variants.find(run.subjectDigest()),
        run.whyNotReused(!variants.withoutTemperature(Set.of(run.subjectDigest())).isEmpty())
            .isEmpty());
  }

  /** Returns an answer with what its item expects. */
  @Transactional(readOnly = true)
  AnswerView answerView(Run run, Answer answer) {
    Suite suite = suites.find(run.suiteDigest()).orElseThrow();
    Item asked =
        subsets.find(suite.definition().subsetDigest(), answer.item().itemId()).orElseThrow();
    return AnswerView.of(answer, asked.expected(), json);
  }

  /**
   * Checks that the suite of a run has a scorer of this name that gives each answer a score.
   *
   * @throws Problem 400 with the names of the scorers that do
   */
  @Transactional(readOnly = true)
  void requireScorer(Run run, String scorer) {
    List<String> names = suites.find(run.suiteDigest()).orElseThrow().definition().scoring();
    if (!names.contains(scorer)) {
      throw Problem.invalid(
          "scorer",
          "is not a scorer of the suite that gives each answer a score; name one of " + names);
    }
  }

  /**
   * Returns the results that a run would have had by abstaining below each threshold.
   *
   * @throws Problem 409 for a run that is not finished or is over test items, and where no answer
   *     has a confidence
   */
  @Transactional(readOnly = true)
  AbstentionView abstentionCurve(Run run) {
    Suite suite = suites.find(run.suiteDigest()).orElseThrow();
    if (suite.carriesVerdicts()) {
      throw RunProblem.notValidation();
    }
    if (run.state() != Run.State.FINISHED) {
      throw new Problem(
          CommonProblem.CONFLICT,
          "Only a run in state FINISHED has a curve; this one is " + run.state() + ".");
    }
    List<Scorer> scorers = suite.definition().scorers();
    String scorer =
        SuiteScorers.selectiveBasis(scorers)
            .orElseThrow(() ->
                new Problem(
                    CommonProblem.CONFLICT,
                    "The suite of the run has no scorer that gives each answer a score. Run a suite"
                        + " with one."));
    String inScope = SuiteScorers.inScopeScorer(scorers).orElse(null);
    String outOfScope = SuiteScorers.outOfScopeScorer(scorers).orElse(null);
    AbstentionCurve curve =
        AbstentionCurve.of(items.observations(run.id()), scorer, inScope, outOfScope);
    if (curve.points().isEmpty()) {
      throw RunProblem.noConfidence();
    }
    return new AbstentionView(run.id(), scorer, inScope, outOfScope, curve.points());
  }

  @Transactional(readOnly = true)
  Optional<LeakageCheck.Result> findLeakage(UUID id) {
    return leakages.find(id);
  }

  @Transactional
  void storeLeakage(UUID id, LeakageCheck.Result result) {
    leakages.add(id, result);
  }

  @Transactional(readOnly = true)
  int countFailed(UUID id) {
    return items.countFailed(id);
  }

  @Transactional(readOnly = true)
  List<Observation> observations(UUID id) {
    return items.observations(id);
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
    int failed = (int) answered.stream().filter(item -> !item.answered()).count();
    int reused = (int) answered.stream().filter(RunItem::reused).count();
    JudgeUsage judging = JudgeUsage.of(answered).orElse(null);
    BigDecimal cost = cost(answered);
    Digest outputs = all.outputsDigest();
    runs.end(
        run.id(), state, reason, failed, reused, figures, judging, outputs, cost, clock.instant());
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
            failed,
            outputs,
            metrics,
            Money.usd(cost)),
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
