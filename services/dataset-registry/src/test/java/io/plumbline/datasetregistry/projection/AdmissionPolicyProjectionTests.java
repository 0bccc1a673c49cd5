package io.plumbline.datasetregistry.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.policy.Policy;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.policy.PolicyTarget;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests of the policies that the gate takes for active. */
@PlumblineTest
class AdmissionPolicyProjectionTests {

  private static final String STRICT = policy("false");
  private static final String LENIENT = policy("true");

  @Autowired AdmissionPolicyProjection policies;
  @Autowired PolicyEngine engine;
  @Autowired PlatformTransactionManager transactions;

  private final UUID workspace = UUID.randomUUID();

  @Test
  void the_highest_version_of_a_policy_is_active_in_whatever_order_they_arrive() {
    activate("standard", 2, STRICT);
    activate("standard", 1, LENIENT);

    assertThat(active()).containsExactly(digest(STRICT));
  }

  @Test
  void a_version_that_arrived_keeps_its_text() {
    activate("standard", 1, STRICT);
    activate("standard", 1, LENIENT);

    assertThat(active()).containsExactly(digest(STRICT));
  }

  @Test
  void each_policy_is_active_in_the_order_of_their_names() {
    activate("standard", 1, STRICT);
    activate("extra", 1, LENIENT);

    assertThat(active()).containsExactly(digest(LENIENT), digest(STRICT));
  }

  private static String policy(String expression) {
    return "[{\"name\":\"only\",\"expression\":\"%s\",\"message\":\"No.\"}]".formatted(expression);
  }

  private Digest digest(String source) {
    return engine.load(PolicyTarget.DATASET_ADMISSION, source).digest();
  }

  private List<Digest> active() {
    return in(policies::activePolicies).stream().map(Policy::digest).toList();
  }

  private void activate(String policy, int version, String source) {
    in(() -> {
      policies.on(
          new PolicyActivated(
              policy,
              version,
              PolicyTarget.DATASET_ADMISSION.slug(),
              source,
              Digest.ofText(source)),
          new EventMetadata(
              Ids.next(),
              "policy.activated",
              "/compliance",
              policy,
              Instant.parse("2026-11-27T06:00:00Z"),
              workspace,
              "ben",
              version,
              null));
      return true;
    });
  }

  private <T> T in(Supplier<T> work) {
    try {
      return Objects.requireNonNull(
          Caller.system(workspace)
              .call(() -> new TransactionTemplate(transactions).execute(status -> work.get())));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
