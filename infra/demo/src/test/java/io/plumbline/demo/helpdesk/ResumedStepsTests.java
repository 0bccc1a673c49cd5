package io.plumbline.demo.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.demo.api.StepFailed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that the steps find what an earlier start of the demo did, and do not do it again. */
class ResumedStepsTests {

  private final FakePlatform platform = new FakePlatform();

  @BeforeEach
  void everything_is_there() {
    platform.demo.put("application", "help-desk");
    platform.demo.put("criteriaDigest", "c1");
    platform.demo.put("suiteDigest", "test");
    platform.demo.put("explorationDigest", "validation");
    platform.on("GET /api/applications/help-desk", 200, "{}");
    platform.on(
        "GET /api/applications/help-desk/assessments",
        200,
        "{\"items\": [{\"approach\": \"RAG\", \"path\": []}]}");
    platform.on("GET /api/prompts/help-desk", 200, "{}");
    platform.on(
        "GET /api/prompts/help-desk/versions",
        200,
        """
        {"items": [
          {"version": 2, "digest": "p12-0123456789", "message": "12 of the most frequent questions"},
          {"version": 1, "digest": "p06-0123456789", "message": "6 of the most frequent questions"}]}
        """);
    platform.on(
        "GET /api/variants",
        200,
        """
        {"items": [
          {"variantDigest": "v12", "name": "frequent", "promptDigest": "p12-0123456789",
           "model": "local/extract-bge-small", "indexDigest": null,
           "abstention": {"threshold": 0.5}},
          {"variantDigest": "v06", "name": "few", "promptDigest": "p06-0123456789",
           "model": "local/extract-bge-small", "indexDigest": null,
           "abstention": {"threshold": 0.5}}]}
        """);
    platform.on(
        "GET /api/runs",
        200,
        """
        {"items": [
          {"runId": "r3", "variantDigest": "v12", "suiteDigest": "test", "state": "FINISHED"},
          {"runId": "r2", "variantDigest": "v12", "suiteDigest": "validation", "state": "RUNNING"},
          {"runId": "r1", "variantDigest": "v06", "suiteDigest": "validation", "state": "FINISHED"},
          {"runId": "r0", "variantDigest": "v06", "suiteDigest": "validation", "state": "FAILED"}]}
        """);
    for (String run : new String[] {"r1", "r2", "r3"}) {
      platform.on(
          "GET /api/runs/" + run,
          200,
          "{\"runId\": \"%s\", \"state\": \"FINISHED\", \"metrics\": {}}".formatted(run));
    }
    platform.on("GET /api/baselines", 200, "{\"items\": [{\"runId\": \"r3\"}]}");
    verdict("FAIL");
  }

  @AfterEach
  void close() {
    platform.close();
  }

  @Test
  void a_registered_and_assessed_application_is_found() {
    new RegisterHelpDeskStep().run(platform.demo);

    assertThat(platform.demo.changeCount()).isZero();
    assertThat(platform.requests()).noneMatch(request -> request.startsWith("POST"));
  }

  @Test
  void a_judged_phase_is_found_and_no_attempt_is_spent_twice() {
    new FrequentQuestionsStep().run(platform.demo);

    assertThat(platform.demo.changeCount()).isZero();
    assertThat(platform.requests()).noneMatch(request -> request.startsWith("POST"));
    assertThat(platform.demo.candidate("frequent").runId()).isEqualTo("r3");
  }

  /**
   * Checks that the demo ends there each time, because the plan names no further verdict and no
   * further items.
   */
  @Test
  void an_inconclusive_verdict_ends_the_demo_and_is_not_tried_again() {
    verdict("INCONCLUSIVE");

    assertThatThrownBy(() -> new FrequentQuestionsStep().run(platform.demo))
        .isInstanceOf(StepFailed.class)
        .hasMessageStartingWith(
            "the verdict is INCONCLUSIVE (token_f1_answerable: 40 more items are needed), but the"
                + " demo continues only with FAIL.");
    assertThat(platform.requests()).noneMatch(request -> request.startsWith("POST"));
  }

  @Test
  void what_is_missing_is_done() {
    platform.on("GET /api/verdicts", 200, "{\"items\": []}");
    platform.on("POST /api/verdicts", 201, "{\"phase\": \"PROMPT\", \"outcome\": \"FAIL\"}");

    new FrequentQuestionsStep().run(platform.demo);

    assertThat(platform.demo.changeCount()).isEqualTo(1);
    assertThat(platform.requests())
        .filteredOn(request -> request.startsWith("POST"))
        .containsExactly("POST /api/verdicts");
  }

  private void verdict(String outcome) {
    platform.on(
        "GET /api/verdicts",
        200,
        """
        {"items": [
          {"kind": "PHASE", "runId": "r3", "criteriaDigest": "c1", "phase": "PROMPT",
           "outcome": "%s", "reasons": ["token_f1_answerable: 40 more items are needed"]}]}
        """
            .formatted(outcome));
  }
}
