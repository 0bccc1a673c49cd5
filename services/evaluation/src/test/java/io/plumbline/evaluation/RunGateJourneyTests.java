package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.gate.RunGate;
import io.plumbline.evaluation.gate.RunGate.Gated;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobPostponed;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.Workspaces;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests the gate of runs on test items after their dataset was withdrawn. */
@PlumblineTest
class RunGateJourneyTests extends EvaluationFixture {

  @Autowired RunGate gate;

  @Test
  void a_run_on_items_of_a_withdrawn_dataset_is_neither_accepted_nor_started() {
    String application = "withdrawn";
    application(application);
    Digest variant = Digest.ofText("variant over withdrawn items");
    variant(application, variant);
    Digest split = split(application);
    String suite = publishedSuite(application, split);
    criteria(application, suite, 2, CRITERIA);
    awaitState(startRun(application, suite, variant), "FINISHED");

    Digest version = Digest.ofText("version of " + application);
    events.publish(
        new AdmissionDecided(application, 1, version, Outcome.FAIL, List.of(), List.of(), null),
        application,
        4);

    assertThat(problem(ada().post("/api/runs", run(application, suite, variant))))
        .isEqualTo("conflict");
    assertThatThrownBy(() ->
            Caller.system(Workspaces.ACME)
                .run(() ->
                    gate.requireStartable(
                        UUID.randomUUID(), () -> new Gated(application, variant, split))))
        .isInstanceOf(JobPostponed.class)
        .hasMessage(
            "Waits to start: version 1 of dataset withdrawn is no longer admitted to EVALUATE.");
  }

  /** Items of a split that nobody knows have no admission that could be asked for. */
  @Test
  void a_run_on_items_of_an_unknown_split_does_not_start() {
    Digest unknown = Digest.ofText("a split that was never defined");

    assertThatThrownBy(() ->
            Caller.system(Workspaces.ACME)
                .run(() ->
                    gate.requireStartable(
                        UUID.randomUUID(), () -> new Gated("any", unknown, unknown))))
        .isInstanceOf(JobPostponed.class)
        .hasMessageStartingWith("Waits to start: split ");
  }

  /** The gate decides by what it reads after the wait, not by what was known before. */
  @Test
  void a_dataset_that_was_withdrawn_during_the_wait_is_refused() {
    Digest split = split("withdrawn-meanwhile");
    Digest subject = Digest.ofText("any variant");
    Digest version = Digest.ofText("version of withdrawn-meanwhile");

    assertThatThrownBy(() ->
            Caller.system(Workspaces.ACME)
                .run(() ->
                    gate.decide(
                        () -> {
                          events.publish(
                              new AdmissionDecided(
                                  "withdrawn-meanwhile",
                                  1,
                                  version,
                                  Outcome.FAIL,
                                  List.of(),
                                  List.of(),
                                  null),
                              "withdrawn-meanwhile",
                              4);
                          return Optional.of(new Gated("any", subject, split));
                        },
                        () -> "started")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no longer admitted");
  }
}
