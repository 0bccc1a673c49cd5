package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.evaluation.projection.Criteria;
import io.plumbline.evaluation.projection.CriteriaProjection;
import io.plumbline.evaluation.projection.ModelServer;
import io.plumbline.evaluation.projection.Variant;
import io.plumbline.evaluation.projection.VariantProjection;
import io.plumbline.evaluation.run.Run;
import io.plumbline.platform.problem.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Determines what a run is evidence for: the criteria that were in force when it started and name
 * its suite, and the phase of its variant. Both come from records, never from the caller. Callers
 * run in a transaction.
 */
@Component
class RunEvidence {

  private final CriteriaProjection registered;
  private final VariantProjection variants;

  RunEvidence(CriteriaProjection registered, VariantProjection variants) {
    this.registered = registered;
    this.variants = variants;
  }

  /**
   * Returns the criteria that were in force when a run started and name its suite, or rejects the
   * request.
   */
  Criteria requireCriteria(Run run, String pointer) {
    Integer version = run.criteriaVersion();
    if (version == null) {
      throw new Problem(
              ExperimentProblem.EXPLORATION_ONLY,
              "The run is exploration: when it started, the criteria in force did not name its"
                  + " suite. Run the suite over the subset test that the criteria name: only its"
                  + " runs give verdicts and baselines. Compare a run over validation rows with"
                  + " another run of its suite instead: a comparison needs no baseline.")
          .withFieldError(
              pointer, "is a run of a suite that the criteria in force at its start did not name");
    }
    return registered.findVersion(run.application(), version).orElseThrow();
  }

  /** Returns the phase of a run's variant, or rejects the request. */
  Phase requirePhase(Run run, String pointer) {
    Variant variant =
        variants
            .find(run.subjectDigest())
            .orElseThrow(
                () -> noPhaseProblem(pointer, "is a run of the bare model " + run.model()));
    return variant.composition().phase();
  }

  /** Returns the phase of a run's variant; empty for a bare model. */
  Optional<Phase> findPhase(Run run) {
    return variants.find(run.subjectDigest()).map(variant -> variant.composition().phase());
  }

  /** Returns the names of the models that may have answered, by the variants of verdicts. */
  Map<Digest, List<String>> modelNames(List<Verdict> verdicts) {
    return variants.modelNames(verdicts.stream().map(Verdict::subjectDigest).distinct().toList());
  }

  /**
   * Returns the servers that the runs of verdicts sent items to, by verdict: those of the variant's
   * models, of the model that embeds each search in its index, and of its judges, to which its
   * answers are sent with the items.
   *
   * @param judges the judges by the suites of the verdicts
   */
  Map<UUID, List<ModelServer>> modelServers(
      List<Verdict> verdicts, Map<Digest, Collection<Digest>> judges) {
    Map<UUID, List<Digest>> asked =
        verdicts.stream()
            .collect(
                Collectors.toMap(
                    Verdict::verdictId,
                    verdict ->
                        Stream.concat(
                                Stream.of(verdict.subjectDigest()),
                                Stream.ofNullable(verdict.suiteDigest())
                                    .flatMap(
                                        suite -> judges.getOrDefault(suite, List.of()).stream()))
                            .toList()));
    Map<Digest, List<ModelServer>> servers =
        variants.modelServers(asked.values().stream().flatMap(List::stream).distinct().toList());
    Map<UUID, List<ModelServer>> found = new HashMap<>();
    asked.forEach((verdict, subjects) ->
        found.put(
            verdict,
            subjects.stream()
                .flatMap(subject -> servers.getOrDefault(subject, List.of()).stream())
                .distinct()
                .toList()));
    return found;
  }

  private static Problem noPhaseProblem(String pointer, String detail) {
    return new Problem(
            ExperimentProblem.NO_PHASE,
            "The run counts for no phase. Pass a run of a variant: with a prompt alone (PROMPT),"
                + " with an index (RETRIEVAL), with a tuned model (FINE_TUNING), or with both"
                + " (HYBRID).")
        .withFieldError(pointer, detail);
  }
}
