package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.projection.ApplicationProjection;
import io.plumbline.inference.projection.PolicyProjection;
import io.plumbline.inference.projection.Verdict;
import io.plumbline.inference.projection.VerdictProjection;
import io.plumbline.inference.release.GateAnswer.Closed;
import io.plumbline.inference.release.GateAnswer.Open;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantAvailability;
import io.plumbline.inference.withdrawal.WithdrawnData;
import io.plumbline.inference.withdrawal.WithdrawnPart;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.policy.PolicyTarget;
import io.plumbline.policy.WorkBudget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides whether a variant may be served, at every step of a release and for pipelines. The gate
 * is open when {@link VerdictRules} hold for the newest verdict or {@link RefreshGate} is open,
 * every policy in force holds, everything that the variant calls is still connected, and the data
 * that it was made of are still admitted. Without evidence it is closed.
 */
@Component
class ReleaseGate {

  private final ApplicationProjection applications;
  private final VerdictProjection verdicts;
  private final PolicyProjection policies;
  private final PolicyEngine engine;
  private final VariantAvailability availability;
  private final RefreshGate refreshes;
  private final WithdrawnData data;

  ReleaseGate(
      ApplicationProjection applications,
      VerdictProjection verdicts,
      PolicyProjection policies,
      PolicyEngine engine,
      VariantAvailability availability,
      RefreshGate refreshes,
      WithdrawnData data) {
    this.applications = applications;
    this.verdicts = verdicts;
    this.policies = policies;
    this.engine = engine;
    this.availability = availability;
    this.refreshes = refreshes;
    this.data = data;
  }

  @Transactional(readOnly = true)
  GateAnswer decide(GateQuestion question) {
    Variant variant = question.variant();
    Optional<String> criticality = applications.criticality(variant.application());
    if (criticality.isEmpty()) {
      return new Closed(Problem.notYetKnown("/application", "application", variant.application()));
    }
    Optional<String> disconnected = availability.disconnectedPart(variant);
    if (disconnected.isPresent()) {
      return new Closed(
          new Problem(
                  InferenceProblem.CONNECTION_REMOVED,
                  "A connection that the variant needs was removed. Connect the provider to that"
                      + " address again, or release another variant.")
              .missing(List.of(disconnected.get())));
    }
    return switch (decideByVerdict(question)) {
      case Closed closed -> closed;
      case Open open -> decideByData(question, open, criticality.get());
    };
  }

  /** Closes the gate for a variant that stands on withdrawn data, whatever its verdict says. */
  private GateAnswer decideByData(GateQuestion question, Open open, String criticality) {
    List<WithdrawnPart> withdrawn = data.of(question.variant());
    if (withdrawn.isEmpty()) {
      return decideByPolicies(question, open, criticality);
    }
    return new Closed(
        new Problem(
                InferenceProblem.DATA_WITHDRAWN,
                "The admission of data that the variant was made of was withdrawn. Have the dataset"
                    + " admitted again, or release a variant that was made of other data.")
            .missing(withdrawn.stream().map(WithdrawnPart::describe).toList()));
  }

  private GateAnswer decideByVerdict(GateQuestion question) {
    if (refreshes.isRefresh(question)) {
      return refreshes.decide(question);
    }
    Variant variant = question.variant();
    Optional<Digest> criteria = applications.activeCriteria(variant.application());
    if (criteria.isEmpty()) {
      return new Closed(
          VerdictRules.verdictMissingProblem(
              List.of("registered criteria of application " + variant.application())));
    }
    Verdict newest =
        verdicts
            .findNewestReleaseVerdict(variant.application(), variant.digest(), criteria.get())
            .orElse(null);
    UUID overridden = question.override() == null ? null : question.verdictId();
    return VerdictRules.decide(variant, criteria.get(), newest, overridden);
  }

  /**
   * Decides about a request, which has to refer to the newest verdict itself.
   *
   * @return the answer with that verdict
   * @throws Problem that names what is missing or stands against the release
   */
  Open requireOpen(GateQuestion question) {
    Variant variant = question.variant();
    if (question.verdictId() == null) {
      throw VerdictRules.verdictMissingProblem(
          List.of("a verdict of kind RELEASE or PHASE for variant " + variant.digest()));
    }
    Verdict cited =
        verdicts
            .findVerdict(question.verdictId())
            .orElseThrow(() -> Problem.notYetKnown("/verdictId"));
    List<String> unfit = citedVerdictFlaws(variant, cited);
    if (!unfit.isEmpty()) {
      throw VerdictRules.verdictMissingProblem(unfit);
    }
    if (cited.kind() == VerdictKind.REFRESH && question.override() != null) {
      throw Problem.invalid(
          "/override", "must be absent: a release by a verdict of kind REFRESH cannot override it");
    }
    return switch (decide(question)) {
      case Closed(var problem) -> throw problem;
      case Open(var newest, var _) when !newest.id().equals(cited.id()) ->
          throw new Problem(
                  InferenceProblem.VERDICT_SUPERSEDED,
                  "The verdict of verdictId is not the newest on this variant. Pass the id of the"
                      + " newest one.")
              .missing(List.of(newest.describe()));
      case Open(var newest, var _)
          when newest.outcome() == Outcome.PASS && question.override() != null ->
          throw Problem.invalid(
              "/override",
              "must be absent: the verdict passed, and only a failed one is overridden");
      case Open open -> open;
    };
  }

  /**
   * Requires that a canary was compared with what is active in as many answers as its release
   * registered, or that a second person overrides that.
   *
   * @param override the reason for promoting it without; absent for none
   * @return what the ledger is to say of the promotion besides its reason; empty for nothing
   */
  Optional<String> requireCanaryEvidence(
      Release canary, Optional<Release> active, @Nullable String override) {
    Integer planned = canary.canaryAnswers();
    boolean compared =
        planned == null
            || active.isEmpty()
            || verdicts.isCanaryCompared(canary.id(), active.get().variant());
    if (compared) {
      return Optional.empty();
    }
    String missing =
        "a comparison of %d answers of the canary with release %s, which shows no harm"
            .formatted(planned, active.get().id());
    if (override == null) {
      throw new Problem(
              InferenceProblem.CANARY_EVIDENCE,
              "Wait until the guard of the canary has compared as many answers as were registered,"
                  + " or let a person who did not request the release promote it with override.")
          .missing(List.of(missing));
    }
    if (Caller.current().actor().equals(canary.requester())) {
      throw new Problem(
              InferenceProblem.CANARY_EVIDENCE,
              "The person who requested the release cannot override the evidence of its canary."
                  + " Another person promotes it with override.")
          .missing(List.of(missing));
    }
    return Optional.of("promoted without " + missing + ": " + override);
  }

  private List<String> citedVerdictFlaws(Variant variant, Verdict cited) {
    if (cited.kind() == VerdictKind.REFRESH) {
      return refreshes.citedVerdictFlaws(variant, cited);
    }
    Digest criteria = applications.activeCriteria(variant.application()).orElse(null);
    return VerdictRules.citedVerdictFlaws(variant, cited, criteria);
  }

  private GateAnswer decideByPolicies(GateQuestion question, Open open, String criticality) {
    Verdict verdict = open.verdict();
    List<String> refusals =
        policyRefusals(
            policies.sources(PolicyTarget.RELEASE),
            Map.of(
                "release.environment",
                question.environment(),
                "release.canaryPercent",
                (long) question.canaryPercent(),
                "release.override",
                question.override() != null && verdict.outcome() != Outcome.PASS,
                "verdict.outcome",
                verdict.outcome().name(),
                "verdict.reasons",
                verdict.reasons(),
                "application.name",
                question.variant().application(),
                "application.criticality",
                criticality));
    if (refusals.isEmpty()) {
      return open;
    }
    return new Closed(
        new Problem(
                InferenceProblem.RELEASE_REFUSED,
                "Release policies refuse this release. Fulfil what is listed in missing, then"
                    + " request it again.")
            .missing(refusals));
  }

  private List<String> policyRefusals(List<String> sources, Map<String, Object> variables) {
    if (sources.isEmpty()) {
      return List.of("an active policy of the target release; without one nothing is released");
    }
    WorkBudget budget = new WorkBudget();
    return sources.stream()
        .flatMap(source ->
            engine.load(PolicyTarget.RELEASE, source).refusalReasons(variables, budget).stream())
        .toList();
  }
}
