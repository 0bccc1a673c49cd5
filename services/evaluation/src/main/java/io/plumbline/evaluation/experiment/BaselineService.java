package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.EvaluationEvent;
import io.plumbline.contracts.EvaluationEvent.BaselineRecorded;
import io.plumbline.contracts.Phase;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.run.Run;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Records finished runs as baselines, and lists an application's baselines. */
@Service
class BaselineService {

  /** A baseline, and whether it is new: a run is recorded once. */
  record Recorded(Baseline baseline, boolean created) {}

  private final Baselines baselines;
  private final RunResults results;
  private final RunEvidence evidence;
  private final Outbox outbox;
  private final Clock clock;

  BaselineService(
      Baselines baselines, RunResults results, RunEvidence evidence, Outbox outbox, Clock clock) {
    this.baselines = baselines;
    this.results = results;
    this.evidence = evidence;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Records a run as a baseline, or returns the baseline that it already is. */
  @Transactional
  Recorded record(String application, UUID runId) {
    Run run = results.requireFinished(runId, application, "/runId");
    Criteria criteria = evidence.requireCriteria(run, "/runId");
    Phase phase = evidence.requirePhase(run, "/runId");
    int number = baselines.nextNumber(application);
    return baselines
        .ofRun(runId)
        .map(known -> new Recorded(known, false))
        .orElseGet(() -> new Recorded(createBaseline(run, criteria, phase, number), true));
  }

  private Baseline createBaseline(Run run, Criteria criteria, Phase phase, int number) {
    Baseline baseline =
        new Baseline(
            Ids.next(),
            run.application(),
            phase,
            run.id(),
            number,
            Caller.current().actor(),
            clock.instant());
    baselines.add(baseline);
    Map<String, EvaluationEvent.Measure> metrics = new LinkedHashMap<>();
    run.finishedFigures()
        .metrics()
        .forEach((name, measure) -> metrics.put(name, measure.toEvent()));
    outbox.append(
        new BaselineRecorded(
            run.application(), phase, run.id(), run.subjectDigest(), criteria.suite(), metrics),
        "baseline/" + run.application(),
        baseline.number());
    return baseline;
  }

  @Transactional(readOnly = true)
  List<Baseline> baselinesOf(String application) {
    return baselines.ofApplication(application);
  }
}
