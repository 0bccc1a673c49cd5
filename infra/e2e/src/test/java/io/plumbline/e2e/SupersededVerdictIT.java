package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.api.ApiResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** Checks that a verdict that is no longer good opens nothing, at whichever step of a release. */
@ExtendWith(Platform.class)
@Isolated("It changes the policies of the workspace.")
class SupersededVerdictIT {

  private final String name = Platform.uniqueName("superseded");
  private final String model = name + "/m";
  private final ScriptedProvider provider = new ScriptedProvider();
  private final ScriptedProvider steady = new ScriptedProvider();
  private GovernedApplication application;

  @BeforeEach
  void govern() {
    provider.connect(name);
    application = GovernedApplication.create(name);
  }

  @AfterEach
  void close() {
    provider.close();
    steady.close();
  }

  @Test
  void a_pass_that_a_fail_followed_opens_nothing() {
    steady.connect(name + "-serving");
    String serving = application.variant(name + "-serving/m", 1);
    application.release(serving, application.pass(serving), 0, "ACTIVE");
    String variant = application.variant(model, 1);
    String passed = application.pass(variant);
    ApiResponse secondTry = application.attempt(variant);
    // One release is a canary, one waits for the end of the canary, one is not yet approved.
    String canary = application.release(variant, passed, 50, "CANARY");
    String waiting = application.release(variant, passed, 0, "APPROVED");
    String requested = application.request(variant, passed, 0).expect(202).text("/releaseId");
    application.awaitOpenGate(variant);

    provider.answerRightly(false);
    application.failCanary(canary);

    application.awaitClosedGate(variant);
    JsonNode notStarted = application.awaitRelease(waiting, "BLOCKED");
    ApiResponse again = application.request(variant, passed, 0);
    application.approve(requested);
    JsonNode blocked = application.awaitRelease(requested, "BLOCKED");
    System.out.printf(
        "a PASS after a FAIL: request %s; approval %s; activation %s; another attempt %s%n",
        again.problem(), blocked.at("/reason"), notStarted.at("/reason"), secondTry.problem());
    assertThat(again.status()).as(again.toString()).isEqualTo(409);
    assertThat(secondTry.status()).as(secondTry.toString()).isEqualTo(409);
    assertThat(application.awaitServing()).isEqualTo(serving);
  }

  @Test
  void criteria_that_became_stricter_after_the_request_leave_its_approval_without_effect() {
    String variant = application.variant(model, 1);
    String passed = application.pass(variant);
    String requested = application.request(variant, passed, 0).expect(202).text("/releaseId");

    application.registerCriteria(0.6);
    application.awaitClosedGate(variant);
    application.approve(requested);

    JsonNode blocked = application.awaitRelease(requested, "BLOCKED");
    ApiResponse again = application.request(variant, passed, 0);
    assertThat(again.status()).as(again.toString()).isEqualTo(409);
    System.out.printf(
        "a PASS under former criteria: approval %s; request %s%n",
        blocked.at("/reason"), again.problem());

    application.release(variant, application.pass(variant), 0, "ACTIVE");
  }

  @Test
  void a_policy_that_became_stricter_after_the_request_leaves_its_approval_without_effect() {
    String variant = application.variant(model, 1);
    String passed = application.pass(variant);
    String requested = application.request(variant, passed, 0).expect(202).text("/releaseId");

    Platform.activatePolicy(name, "application.name != '" + name + "'");
    application.awaitClosedGate(variant);
    application.approve(requested);

    JsonNode blocked = application.awaitRelease(requested, "BLOCKED");
    ApiResponse again = application.request(variant, passed, 0);
    assertThat(again.status()).as(again.toString()).isEqualTo(409);
    System.out.printf(
        "a PASS under a former policy: approval %s; request %s%n",
        blocked.at("/reason"), again.problem());

    Platform.activatePolicy(name, "true");
    application.awaitOpenGate(variant);
    application.release(variant, passed, 0, "ACTIVE");
  }
}
