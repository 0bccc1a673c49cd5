package io.plumbline.inference.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.event.EventHandlers;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.identity.Caller;
import io.plumbline.policy.PolicyTarget;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tests that events in any order and more than once leave the newest state; each test has its own
 * workspace.
 */
class ProjectionTests extends InferenceTest {

  private static final Digest VERSION = Digest.ofText("version");
  private static final Digest SPLIT = Digest.ofText("split");

  @Autowired EventHandlers handlers;
  @Autowired ApplicationProjection applications;
  @Autowired SplitProjection splits;
  @Autowired VerdictProjection verdicts;
  @Autowired ModelProjection models;
  @Autowired PolicyProjection policies;
  @Autowired PlatformTransactionManager transactions;

  private final Caller caller = Caller.system(UUID.randomUUID());

  @Test
  void an_older_registration_of_an_application_is_ignored() {
    run(() -> {
      handlers.handle(registered(Criticality.HIGH), meta(2));
      handlers.handle(registered(Criticality.LOW), meta(1));
    });
    run(() -> {
      assertThat(applications.criticality("mail")).contains("HIGH");
      assertThat(applications.criticality("news")).isEmpty();
    });
  }

  @Test
  void the_newest_criteria_are_in_force() {
    run(() -> {
      handlers.handle(
          new CriteriaRegistered(
              "mail", 2, Digest.ofText("2"), Digest.ofText("suite"), 5, 3, List.of(), null, null),
          meta(3));
      handlers.handle(
          new CriteriaRegistered(
              "mail", 1, Digest.ofText("1"), Digest.ofText("suite"), 5, 3, List.of(), null, null),
          meta(2));
    });
    run(() -> assertThat(applications.activeCriteria("mail")).contains(Digest.ofText("2")));
  }

  @Test
  void a_split_has_the_purposes_of_its_admission_once_it_is_admitted() {
    Map<String, Subset> subsets = Map.of("train", new Subset(Digest.ofText("rows"), 4));
    run(() -> handlers.handle(new SplitDefined("mails", 1, VERSION, SPLIT, subsets, 0), meta(1)));
    run(() -> assertThat(split()).isEqualTo(split(subsets, List.of(), List.of())));

    run(() -> handlers.handle(decided(Outcome.FAIL, List.of("pii")), meta(1)));
    run(() -> assertThat(split()).isEqualTo(split(subsets, List.of(), List.of("pii"))));

    run(() -> {
      handlers.handle(decided(Outcome.PASS, List.of()), meta(3));
      handlers.handle(decided(Outcome.FAIL, List.of("late")), meta(2));
    });
    run(() -> assertThat(split()).isEqualTo(split(subsets, List.of("INDEX"), List.of())));
  }

  @Test
  void a_verdict_is_kept_as_issued() {
    UUID id = UUID.randomUUID();
    VerdictIssued issued =
        new VerdictIssued(
            id,
            VerdictKind.RELEASE,
            "mail",
            1,
            null,
            Digest.ofText("variant"),
            Digest.ofText("criteria"),
            1,
            Digest.ofText("suite"),
            null,
            null,
            Outcome.FAIL,
            List.of("accuracy"),
            null,
            null);
    run(() -> {
      handlers.handle(issued, meta(1));
      handlers.handle(issued, meta(1));
    });
    run(() ->
        assertThat(verdicts.findVerdict(id))
            .contains(
                new Verdict(
                    id,
                    VerdictKind.RELEASE,
                    "mail",
                    1,
                    Digest.ofText("variant"),
                    Digest.ofText("criteria"),
                    Outcome.FAIL,
                    List.of("accuracy"),
                    List.of())));
  }

  @Test
  void a_tuned_model_costs_what_its_base_model_costs() {
    run(() -> {
      handlers.handle(listed("2"), meta(2));
      handlers.handle(listed("9"), meta(1));
      handlers.handle(
          new ModelVersionRegistered(
              "head",
              1,
              Digest.ofText("model"),
              Digest.ofText("artifact"),
              "local/choice-minilm",
              Digest.ofText("base"),
              UUID.randomUUID(),
              VERSION,
              List.of("ham", "spam"),
              "mia",
              null),
          meta(1));
    });

    Price price = new Price(new BigDecimal("2"), new BigDecimal("1"), new BigDecimal("3"), "USD");
    assertThat(models.price(caller.workspace(), "local/choice-minilm")).contains(price);
    assertThat(models.price(caller.workspace(), "head@1")).contains(price);
    assertThat(models.price(caller.workspace(), "acme/unlisted")).isEmpty();
    assertThat(models.versions(caller.workspace()))
        .containsExactly(models.findVersion(caller.workspace(), "head@1").orElseThrow());
  }

  @Test
  void a_model_without_an_approved_price_has_no_cost() {
    run(() -> handlers.handle(listedWithoutPrice(), meta(1)));
    assertThat(models.price(caller.workspace(), "acme/m")).isEmpty();
    assertThat(models.isPriced(caller.workspace(), "acme/m")).isFalse();
    assertThat(models.contextWindow(caller.workspace(), "acme/m")).contains(512);
  }

  private static BaseModelListed listedWithoutPrice() {
    return new BaseModelListed(
        "acme/m", Digest.ofText("acme/m"), "acme", 512, null, null, null, "Terms", null, false);
  }

  @Test
  void the_newest_version_of_each_policy_of_the_target_is_in_force() {
    run(() -> {
      handlers.handle(activated("b", 2, "release", "newer"), meta(2));
      handlers.handle(activated("b", 1, "release", "older"), meta(1));
      handlers.handle(activated("a", 1, "release", "other"), meta(1));
      handlers.handle(activated("c", 1, "approval", "approval"), meta(1));
    });
    run(() -> assertThat(policies.sources(PolicyTarget.RELEASE)).containsExactly("other", "newer"));
  }

  private static ApplicationRegistered registered(Criticality criticality) {
    return new ApplicationRegistered(
        new UUID(0, 1), "mail", "ada", "sort", criticality, TaskType.CLASSIFICATION, 10);
  }

  private static AdmissionDecided decided(Outcome outcome, List<String> reasons) {
    return new AdmissionDecided("mails", 1, VERSION, outcome, List.of("INDEX"), reasons, null);
  }

  private static BaseModelListed listed(String input) {
    return new BaseModelListed(
        "local/choice-minilm",
        Digest.ofText("base"),
        "local",
        512,
        Money.usd(input),
        Money.usd("1"),
        Money.usd("3"),
        "Apache-2.0",
        null,
        true);
  }

  private static PolicyActivated activated(
      String policy, int version, String target, String source) {
    return new PolicyActivated(policy, version, target, source, Digest.ofText(source));
  }

  private Split split() {
    return splits.findSplit(SPLIT).orElseThrow();
  }

  private static Split split(
      Map<String, Subset> subsets, List<String> purposes, List<String> reasons) {
    return new Split(SPLIT, "mails", 1, subsets, purposes, reasons);
  }

  private EventMetadata meta(long version) {
    return new EventMetadata(
        UUID.randomUUID(),
        "type",
        "source",
        "subject",
        Instant.EPOCH,
        caller.workspace(),
        "someone",
        version,
        null);
  }

  private void run(Runnable work) {
    caller.run(
        () -> new TransactionTemplate(transactions).executeWithoutResult(status -> work.run()));
  }
}
