package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.evaluation.gate.RunGate;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobPostponed;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.Workspaces;
import java.util.List;
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
                        UUID.randomUUID(), () -> gate.gated(application, variant, split))))
        .isInstanceOf(JobPostponed.class)
        .hasMessage(
            "Waits to start: version 1 of dataset withdrawn is no longer admitted to EVALUATE.");
  }
}
