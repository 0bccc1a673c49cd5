package io.plumbline.modelregistry.model;

import io.plumbline.modelregistry.projection.ModelEvidence;
import io.plumbline.modelregistry.projection.VerdictProjection;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import org.springframework.stereotype.Component;

/** The conditions that must hold before a protected alias points at a version. */
@Component
class AliasGate {

  private final ModelSettings settings;
  private final VerdictProjection verdicts;

  AliasGate(ModelSettings settings, VerdictProjection verdicts) {
    this.settings = settings;
    this.verdicts = verdicts;
  }

  boolean isProtected(String alias) {
    return settings.protectedAliases().contains(alias);
  }

  boolean isOpenFor(ModelVersion version) {
    return missingEvidence(version).isEmpty();
  }

  /**
   * Returns the findings against the version wherever it serves, or else the PASS that it lacks.
   * Policies of target release are not evaluated: they concern an environment, which a model alone
   * does not have, and apply when a variant with it is released.
   */
  private List<String> missingEvidence(ModelVersion version) {
    ModelEvidence evidence = evidenceOn(version);
    if (!evidence.findingsAgainst().isEmpty()) {
      return evidence.findingsAgainst();
    }
    if (evidence.hasPassed()) {
      return List.of();
    }
    return List.of(
        "a PASS verdict by the criteria in force on a variant with %s@%d"
            .formatted(version.model(), version.version()));
  }

  /**
   * Requires that the version has a PASS and no finding against it.
   *
   * @throws Problem 409, recorded, that names the findings against the version or the PASS it lacks
   */
  void requirePass(String alias, ModelVersion version) {
    List<String> missing = missingEvidence(version);
    if (missing.isEmpty()) {
      return;
    }
    String name = version.model() + "@" + version.version();
    throw new Problem(
            ModelProblem.NO_VERDICT,
            ("Compose a variant with the model %s, run the suite that the criteria name, and"
                 + " request a verdict on that run. The newest verdict has to be PASS before alias"
                 + " %s can point at this version.")
                .formatted(name, alias))
        .missing(missing);
  }

  /**
   * Requires what a move back needs. A version that was approved once stays approved under new
   * criteria and without a new PASS, unless something was found against it since.
   *
   * @throws Problem 409, recorded, that names the findings against the version
   */
  void requireNoFindingAgainst(String alias, ModelVersion version) {
    List<String> against = evidenceOn(version).findingsAgainst();
    if (!against.isEmpty()) {
      throw new Problem(
              ModelProblem.EVIDENCE_AGAINST,
              ("Alias %s cannot be rolled back to %s@%d because of a finding against that version."
                      + " Roll the alias back to another approved version, or move the alias to a"
                      + " version whose newest verdict is PASS.")
                  .formatted(alias, version.model(), version.version()))
          .missing(against);
    }
  }

  private ModelEvidence evidenceOn(ModelVersion version) {
    return verdicts.evidenceOn(version.lineage().artifactDigest());
  }
}
