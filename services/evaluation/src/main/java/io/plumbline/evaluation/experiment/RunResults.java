package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.metric.Pairing;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.run.Run;
import io.plumbline.evaluation.run.Runs;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.Suites;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Finished runs, their suites and their answers: all that a judgement is based on. Callers run in a
 * transaction.
 */
@Component
class RunResults {

  private final Runs runs;
  private final RunItems items;
  private final Suites suites;

  RunResults(Runs runs, RunItems items, Suites suites) {
    this.runs = runs;
    this.items = items;
    this.suites = suites;
  }

  /**
   * @param pointer where the request names the run
   */
  Run finished(UUID id, String application, String pointer) {
    Run run = runs.find(id).orElseThrow(() -> Problem.notYetKnown(pointer));
    if (!run.application().equals(application)) {
      throw new Problem(
              ExperimentProblem.WRONG_APPLICATION,
              "Pass a run of application %s.".formatted(application))
          .at(pointer, "is a run of application " + run.application());
    }
    if (run.state() != Run.State.FINISHED) {
      throw new Problem(
              ExperimentProblem.RUN_NOT_FINISHED,
              "Wait until the run is FINISHED; if it failed or was cancelled, start another.")
          .at(pointer, "is in state " + run.state());
    }
    return run;
  }

  Run run(UUID id) {
    return runs.find(id).orElseThrow();
  }

  Optional<Run> find(UUID id) {
    return runs.find(id);
  }

  int newestBaseline(Run run) {
    return runs.newestBaseline(run.id());
  }

  Suite suite(Digest digest) {
    return suites.find(digest).orElseThrow();
  }

  List<Observation> observations(Run run) {
    return items.observations(run.id());
  }

  /** What a run was answered, read again from the outputs that were kept. */
  RunItems.Reread reread(Run run) {
    return items.reread(run.id());
  }

  Pairing pairing(Run baseline, Run candidate) {
    return pairing(baseline, observations(baseline), candidate, observations(candidate));
  }

  Pairing pairing(
      Run baseline, List<Observation> ofBaseline, Run candidate, List<Observation> ofCandidate) {
    TreeSet<String> labels = new TreeSet<>(suite(baseline.suiteDigest()).labels());
    labels.addAll(suite(candidate.suiteDigest()).labels());
    return Pairing.of(ofBaseline, ofCandidate, labels);
  }
}
