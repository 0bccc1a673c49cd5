package io.plumbline.inference.release;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.CanaryCompared;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.context.ContextOverflowPolicy;
import io.plumbline.inference.variant.CallerPolicy;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.inference.variant.VariantParameters;
import io.plumbline.platform.event.EventHandlers;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The application {@code mail} as the gates know it, in a workspace of its own. */
final class GovernedApplication {

  /** The receivers of other services' events. */
  record Receivers(
      EventHandlers handlers, VariantCatalog variants, PlatformTransactionManager transactions) {}

  static final String NAME = "mail";
  static final String OPEN = "[{\"name\":\"any\",\"expression\":\"true\",\"message\":\"Never.\"}]";
  private static final Digest PROMPT = Digest.ofText("prompt");

  private final Receivers receivers;
  private final Caller caller = Caller.system(UUID.randomUUID());
  private int version;
  private long verdicts;
  private long variants;

  GovernedApplication(Receivers receivers) {
    this.receivers = receivers;
  }

  /** Returns an application that is registered, with criteria, under a policy that holds. */
  static GovernedApplication open(Receivers receivers) {
    GovernedApplication application = new GovernedApplication(receivers);
    application.register(Criticality.LOW);
    application.registerCriteria("criteria");
    application.activate(OPEN);
    return application;
  }

  UUID workspace() {
    return caller.workspace();
  }

  void register(Criticality criticality) {
    run(() ->
        receivers.handlers.handle(
            new ApplicationRegistered(
                UUID.randomUUID(), NAME, "ada", "sort", criticality, TaskType.CLASSIFICATION, 10),
            meta(1)));
  }

  Digest registerCriteria(String content) {
    return registerCriteria(content, CriteriaPurpose.RELEASE);
  }

  Digest registerCriteria(String content, CriteriaPurpose purpose) {
    Digest digest = Digest.ofText(content);
    run(() ->
        receivers.handlers.handle(
            new CriteriaRegistered(
                NAME,
                ++version,
                digest,
                Digest.ofText("suite"),
                5,
                3,
                List.of(),
                purpose.eventValue(),
                null),
            meta(version)));
    return digest;
  }

  void activate(String policy) {
    run(() ->
        receivers.handlers.handle(
            new PolicyActivated("default", ++version, "release", policy, Digest.ofText(policy)),
            meta(version)));
  }

  /** Creates a new variant. */
  Variant variant() {
    return call(() -> {
      receivers.handlers.handle(
          new PromptVersionPublished("triage", 1, PROMPT, null, "zoe", "first"), meta(1));
      return receivers.variants.create(
          NAME,
          "v" + ++variants,
          PROMPT,
          "local/choice-minilm",
          null,
          new VariantParameters(null, null, variants, null, null, null, null, null, null, null),
          CallerPolicy.DEFAULT,
          ContextOverflowPolicy.REFUSE,
          List.of(),
          null);
    });
  }

  UUID issue(Variant variant, Outcome outcome) {
    return issue(variant, VerdictKind.RELEASE, Digest.ofText("criteria"), outcome);
  }

  UUID issue(Variant variant, VerdictKind kind, @Nullable Digest criteria, Outcome outcome) {
    return issue(variant, kind, criteria, outcome, ++verdicts);
  }

  UUID issue(
      Variant variant,
      VerdictKind kind,
      @Nullable Digest criteria,
      Outcome outcome,
      long sequence) {
    return issue(variant, kind, criteria, outcome, sequence, null);
  }

  /** Issues a verdict on a refresh, which was compared with these variants; returns its id. */
  UUID refreshed(Variant variant, Digest criteria, Outcome outcome, Digest... comparedWith) {
    return issue(
        variant, VerdictKind.REFRESH, criteria, outcome, ++verdicts, List.of(comparedWith));
  }

  private UUID issue(
      Variant variant,
      VerdictKind kind,
      @Nullable Digest criteria,
      Outcome outcome,
      long sequence,
      @Nullable List<Digest> comparedWith) {
    UUID id = UUID.randomUUID();
    run(() ->
        receivers.handlers.handle(
            new VerdictIssued(
                id,
                kind,
                NAME,
                sequence,
                null,
                variant.digest(),
                criteria,
                null,
                null,
                null,
                null,
                outcome,
                List.of("accuracy"),
                comparedWith,
                null),
            meta(sequence)));
    return id;
  }

  /** Receives that a canary was compared with a control in as many answers as it registered. */
  void compare(UUID canary, Digest candidate, Digest control, int answers) {
    run(() ->
        receivers.handlers.handle(
            new CanaryCompared(canary, NAME, "production", candidate, control, answers, answers),
            meta(1)));
  }

  private EventMetadata meta(long number) {
    return new EventMetadata(
        UUID.randomUUID(),
        "type",
        "source",
        "subject",
        Instant.EPOCH.plusSeconds(number),
        caller.workspace(),
        "someone",
        number,
        null);
  }

  /** Waits until the job that starts approved releases has nothing left to do. */
  void awaitStarts(JdbcClient sql) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            call(() ->
                sql.sql(
                        """
                        SELECT NOT EXISTS (
                          SELECT FROM job WHERE kind = ? AND workspace_id = ? AND state IN ('QUEUED', 'RUNNING'))
                        """)
                    .params(ReleaseStart.KIND, workspace())
                    .query(Boolean.class)
                    .single()));
  }

  void run(Runnable work) {
    caller.run(() ->
        new TransactionTemplate(receivers.transactions).executeWithoutResult(status -> work.run()));
  }

  <T> T call(Supplier<T> work) {
    AtomicReference<@Nullable T> result = new AtomicReference<>();
    run(() -> result.set(work.get()));
    return Objects.requireNonNull(result.get());
  }
}
