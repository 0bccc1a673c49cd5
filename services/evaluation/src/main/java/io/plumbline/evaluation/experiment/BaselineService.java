package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.EvaluationEvent;
import io.plumbline.contracts.EvaluationEvent.BaselineRecorded;
import io.plumbline.contracts.Phase;
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

/** Records baselines. */
@Service
class BaselineService {

  private final Baselines baselines;
  private final RunResults results;
  private final Outbox outbox;
  private final Clock clock;

  BaselineService(Baselines baselines, RunResults results, Outbox outbox, Clock clock) {
    this.baselines = baselines;
    this.results = results;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  Baseline record(String application, Phase phase, UUID runId) {
    Run run = results.finished(runId, application, "/runId");
    Baseline baseline =
        new Baseline(
            Ids.next(),
            application,
            phase,
            runId,
            baselines.nextNumber(application),
            Caller.current().actor(),
            clock.instant());
    baselines.add(baseline);
    Map<String, EvaluationEvent.Measure> metrics = new LinkedHashMap<>();
    run.measured().metrics().forEach((name, measure) -> metrics.put(name, measure.toEvent()));
    outbox.append(
        new BaselineRecorded(application, phase, runId, run.subjectDigest(), metrics),
        "baseline/" + application,
        baseline.number());
    return baseline;
  }

  @Transactional(readOnly = true)
  List<Baseline> of(String application) {
    return baselines.of(application);
  }
}
