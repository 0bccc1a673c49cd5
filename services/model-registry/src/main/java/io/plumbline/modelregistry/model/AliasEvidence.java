package io.plumbline.modelregistry.model;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.modelregistry.projection.VerdictProjection;
import io.plumbline.platform.gate.EvidenceAnswer.Incomplete;
import io.plumbline.platform.gate.EvidenceQuestion;
import io.plumbline.platform.gate.GateEvidence;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.platform.job.JobPostponed;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Reads the evidence about a model to the end before its protected alias moves: verdicts on and
 * halted canaries of the variants with it, and the criteria of their applications. A request waits
 * for that; an approved move is left to this job, which asks again until nothing is missing.
 */
@Component
class AliasEvidence implements JobHandler {

  private final GateEvidence evidence;
  private final VerdictProjection verdicts;
  private final AliasService aliases;

  AliasEvidence(GateEvidence evidence, VerdictProjection verdicts, AliasService aliases) {
    this.evidence = evidence;
    this.verdicts = verdicts;
    this.aliases = aliases;
  }

  /**
   * Waits until the evidence about the version is complete, if the alias is protected.
   *
   * @throws io.plumbline.platform.problem.Problem when the evidence is incomplete
   */
  void requireComplete(String model, String alias, int version) {
    aliases
        .findGatedArtifact(model, alias, version)
        .ifPresent(artifact -> evidence.requireComplete(() -> question(artifact)));
  }

  @Override
  public String kind() {
    return AliasService.DECISION_JOB;
  }

  @Override
  public void run(JobContext job) {
    ApprovalDecided decision = job.payload(ApprovalDecided.class);
    Optional<Digest> artifact = aliases.findRequestedArtifact(decision.requestId());
    if (artifact.isPresent()
        && evidence.answer(decision.requestId(), () -> question(artifact.get()))
            instanceof Incomplete closed) {
      throw new JobPostponed(closed.pause(), String.valueOf(closed.problem().getMessage()));
    }
    aliases.decide(decision);
  }

  private EvidenceQuestion question(Digest model) {
    Map<Digest, String> variants = verdicts.variantsOf(model);
    return EvidenceQuestion.dependingOn(
            VerdictIssued.class, each -> variants.containsKey(each.subjectDigest()))
        .and(VariantCreated.class, each -> each.modelDigest().equals(model))
        .and(ReleaseChanged.class, each -> variants.containsKey(each.variantDigest()))
        .and(CriteriaRegistered.class, each -> variants.containsValue(each.application()));
  }
}
