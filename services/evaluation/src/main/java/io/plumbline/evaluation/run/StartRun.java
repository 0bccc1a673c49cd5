package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.problem.Problem;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A request to start a run over either {@code variantDigest} or {@code model}.
 *
 * @param component the component that this run adds in an ablation, as {@code +retrieval}
 * @param seed the seed of the intervals; 1 when absent
 * @param fresh whether every question is sent, and no answer to an equal request is reused; a bare
 *     model's answers are never reused, since its name may lead to another model by now
 */
record StartRun(
    @NotBlank @Size(max = 100) String application,
    @NotNull Digest suiteDigest,
    @Nullable Digest variantDigest,
    @Nullable @Size(min = 1, max = 200) String model,
    @Nullable @Size(max = 60) String component,
    @Nullable Long seed,
    @Nullable Boolean fresh) {

  /**
   * Returns the model that requests to inference name: {@code variant/<digest>} or the given model.
   */
  String inferenceModel() {
    if (variantDigest != null && model == null) {
      return Run.VARIANT + variantDigest;
    }
    if (model == null
        || variantDigest != null
        || model.startsWith(Run.VARIANT)
        || model.startsWith("app/")) {
      throw new Problem(
              RunProblem.ONE_SUBJECT,
              "A run evaluates one variant or one model. Pass either variantDigest or model, the"
                  + " name of a model such as local/choice-bge-small.")
          .withFieldError(
              "/variantDigest",
              "is required unless model is given, and cannot be combined with it");
    }
    return model;
  }
}
