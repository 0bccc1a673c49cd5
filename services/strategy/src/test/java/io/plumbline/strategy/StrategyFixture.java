package io.plumbline.strategy;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.BaselineRecorded;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.EvaluationEvent.RunFinished;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.identity.Caller;
import io.plumbline.strategy.application.Registration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A workspace of its own for each test, and the events of other services in it. */
public final class StrategyFixture {

  public static final Criterion ACCURACY =
      new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.85, 0.02, 300);
  public static final Criterion LATENCY =
      new Criterion("latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 2_000, 500, 300);

  private static final Instant BEGINNING = Instant.parse("2026-11-01T00:00:00Z");

  private final UUID workspace = UUID.randomUUID();
  private long events;

  /** Runs work as the system in this workspace. */
  public <T> T as(Callable<T> work) throws Exception {
    return Caller.system(workspace).call(work);
  }

  public void run(Runnable work) {
    Caller.system(workspace).run(work);
  }

  /** A name that no other test uses. */
  public String unique(String name) {
    return name + "-" + workspace.toString().substring(0, 8);
  }

  public static Registration registration(String name) {
    return new Registration(
        name, "Sorts mails", "support", Criticality.MEDIUM, TaskType.CLASSIFICATION, 20_000);
  }

  /** The envelope of the next event; later ones have a later time and a higher version. */
  public EventMetadata metadata() {
    events++;
    return metadata(events);
  }

  public EventMetadata metadata(long version) {
    return new EventMetadata(
        UUID.randomUUID(),
        "type",
        "source",
        "subject",
        BEGINNING.plusSeconds(version),
        workspace,
        "someone",
        version,
        null);
  }

  public static VerdictIssued verdict(
      String application, Phase phase, Outcome outcome, Digest criteria) {
    return verdict(application, phase, Digest.ofText("variant"), outcome, criteria);
  }

  public static VerdictIssued verdict(
      String application, Phase phase, Digest subject, Outcome outcome, Digest criteria) {
    return new VerdictIssued(
        UUID.randomUUID(),
        VerdictKind.PHASE,
        application,
        phase,
        subject,
        criteria,
        UUID.randomUUID(),
        null,
        outcome,
        List.of());
  }

  public static BaselineRecorded baseline(String application, Phase phase) {
    return new BaselineRecorded(
        application, phase, UUID.randomUUID(), Digest.ofText("variant"), Map.of());
  }

  public static VariantCreated variant(
      String application, String name, @Nullable Digest modelDigest, @Nullable Digest index) {
    return new VariantCreated(
        application,
        name,
        Digest.ofText(name),
        Digest.ofText("prompt"),
        "local/choice",
        modelDigest,
        index,
        Map.of(),
        List.of("ada"));
  }

  public static RunFinished finishedRun(
      String application, String variant, Map<String, Measure> metrics) {
    return new RunFinished(
        UUID.randomUUID(),
        application,
        Digest.ofText("suite"),
        Digest.ofText(variant),
        RunOutcome.SUCCEEDED,
        400,
        0,
        metrics,
        Money.usd("0.04"));
  }
}
