package io.plumbline.modelregistry;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.ReleaseState;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The events of other services that make a champion. */
public final class EvidenceFixture {

  private EvidenceFixture() {}

  public static CriteriaRegistered criteria(String application, int version) {
    return criteria(application, version, CriteriaPurpose.RELEASE);
  }

  public static CriteriaRegistered criteria(
      String application, int version, CriteriaPurpose purpose) {
    return new CriteriaRegistered(
        application,
        version,
        digest(application, version),
        Digest.ofText("suite"),
        5,
        3,
        List.of(),
        purpose.eventValue(),
        null);
  }

  public static VariantCreated variant(String application, Digest model) {
    return new VariantCreated(
        application,
        "tuned",
        variantOf(model),
        Digest.ofText("prompt"),
        "model@1",
        model,
        null,
        null,
        Map.of(),
        null,
        null,
        null,
        null,
        List.of("ada"));
  }

  /** Returns an application's first verdict, on the variant with a model. */
  public static VerdictIssued verdict(
      String application, int criteria, Digest model, Outcome outcome) {
    return verdict(application, 1, criteria, model, outcome);
  }

  public static VerdictIssued verdict(
      String application, long sequence, int criteria, Digest model, Outcome outcome) {
    return new VerdictIssued(
        UUID.randomUUID(),
        VerdictKind.PHASE,
        application,
        sequence,
        Phase.FINE_TUNING,
        variantOf(model),
        digest(application, criteria),
        1,
        Digest.ofText("suite"),
        UUID.randomUUID(),
        null,
        outcome,
        List.of(),
        null,
        null);
  }

  /** Returns the verdict on the canary with a model, which its guard halted unless it is a PASS. */
  public static VerdictIssued canary(
      String application, long sequence, Digest model, Outcome outcome) {
    return new VerdictIssued(
        UUID.randomUUID(),
        VerdictKind.CANARY,
        application,
        sequence,
        null,
        variantOf(model),
        null,
        null,
        null,
        null,
        UUID.randomUUID(),
        outcome,
        List.of(),
        null,
        null);
  }

  /** Returns the change of the canary with a model that a person made. */
  public static ReleaseChanged release(
      String application, Digest model, ReleaseState state, long verdictSequence) {
    return new ReleaseChanged(
        UUID.randomUUID(),
        application,
        "production",
        variantOf(model),
        null,
        state,
        0,
        "seen to be worse",
        verdictSequence);
  }

  private static Digest variantOf(Digest model) {
    return Digest.ofText("variant of " + model);
  }

  private static Digest digest(String application, int criteria) {
    return Digest.ofText(application + " criteria " + criteria);
  }
}
