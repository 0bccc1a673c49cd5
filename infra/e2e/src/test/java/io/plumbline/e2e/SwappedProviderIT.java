package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.ApiUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Puts another model behind the name of a provider whose variant was approved. */
@ExtendWith(Platform.class)
class SwappedProviderIT {

  private final ApiUser root = Platform.user("root");
  private final String name = Platform.uniqueName("swapped");
  private ScriptedProvider genuine;
  private ScriptedProvider other;
  private GovernedApplication application;

  @BeforeEach
  void govern() {
    genuine = new ScriptedProvider();
    other = new ScriptedProvider();
    application = GovernedApplication.create(name);
    genuine.connect(name);
  }

  @AfterEach
  void close() {
    genuine.close();
    other.close();
  }

  @Test
  void what_serves_is_not_removed_and_stays_with_the_address_that_was_approved() {
    String variant = application.variant(name + "/m", 1);
    String passed = application.pass(variant);
    String requested = application.request(variant, passed, 0).expect(202).text("/releaseId");
    int whileRequested = remove();
    application.approve(requested);
    application.awaitRelease(requested, "ACTIVE");
    int whileActive = remove();
    root.post("/api/providers/" + name + "/connections", Map.of("baseUrl", other.url()))
        .expect(200);

    for (String subject : List.of("app/" + name, "variant/" + variant)) {
      assertThat(application.call(subject).status()).as(subject).isEqualTo(200);
    }

    System.out.printf(
        "removing a provider while its release is REQUESTED: %d, ACTIVE: %d; calls of another"
            + " address: %d%n",
        whileRequested, whileActive, other.calls());
    assertThat(whileRequested).isEqualTo(409);
    assertThat(whileActive).isEqualTo(409);
    assertThat(other.calls()).isZero();
  }

  @Test
  void a_provider_that_came_back_with_another_address_inherits_neither_verdict_nor_approval() {
    String variant = application.variant(name + "/m", 1);
    String passed = application.pass(variant);
    application.awaitOpenGate(variant);

    assertThat(remove()).isEqualTo(204);
    other.connect(name);

    application.awaitClosedGate(variant);
    ApiResponse requested = application.request(variant, passed, 0);
    assertThat(requested.status()).as(requested.toString()).isEqualTo(409);
    assertThat(application.call("variant/" + variant).status()).isEqualTo(404);
    assertThat(other.calls()).isZero();

    String composedAgain = application.variant(name + "/m", 1);
    assertThat(composedAgain).isNotEqualTo(variant);
    ApiResponse borrowed = application.request(composedAgain, passed, 0);
    assertThat(borrowed.status()).as(borrowed.toString()).isEqualTo(409);
    assertThat(application.gate(composedAgain).status()).isEqualTo(409);
    System.out.printf(
        "another address under the name: old variant %s, the same composition is %s… instead of"
            + " %s…, and with the old verdict %s%n",
        requested.problem(),
        composedAgain.substring(0, 8),
        variant.substring(0, 8),
        borrowed.problem());
  }

  /** Checks that an approved variant may serve again without a new approval, but only unchanged. */
  @Test
  void a_rollback_leads_to_no_other_address() {
    String variant = application.variant(name + "/m", 1);
    application.release(variant, application.pass(variant), 0, "ACTIVE");
    String beside = name + "-beside";
    genuine.connect(beside);
    String successor = application.variant(beside + "/m", 1);
    String release = application.release(successor, application.pass(successor), 0, "ACTIVE");

    int removed = remove();
    // This is refused, because the name is still taken.
    root.post(
        "/api/providers",
        Map.of("name", name, "kind", "openai-compatible", "baseUrl", other.url()));
    Platform.user("sam")
        .post("/api/releases/" + release + "/rollback", Map.of("reason", "Back to the first"))
        .expect(200);

    assertThat(application.awaitServing()).isEqualTo(variant);
    System.out.printf(
        "removing a provider that a rollback leads to: %d; calls of another address: %d%n",
        removed, other.calls());
    assertThat(removed).isEqualTo(409);
    assertThat(other.calls()).isZero();
  }

  private int remove() {
    return Api.send("DELETE", "/api/providers/" + name, root.token(), null).statusCode();
  }
}
