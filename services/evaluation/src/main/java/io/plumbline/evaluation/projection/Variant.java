package io.plumbline.evaluation.projection;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.TunedModelName;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A variant as inference composed it.
 *
 * @param models the models that may answer, its own first; the lineage of each belongs to the
 *     variant
 * @param index absent without retrieval
 */
public record Variant(
    Digest digest, String application, Digest prompt, List<Model> models, @Nullable Digest index) {

  /**
   * A model that may answer.
   *
   * @param name {@code <model>@<version>} for one that the model registry holds
   * @param trainedBy the jobs that trained the model here; empty for a base model, for one that a
   *     provider tuned, and for one whose registration has not arrived yet
   * @param declared whether the catalogue, or a confirmed statement, says that the model is tuned
   */
  public record Model(String name, List<UUID> trainedBy, boolean declared) {

    public Model {
      trainedBy = List.copyOf(trainedBy);
    }

    /** Returns whether the model was tuned, here or at its provider. */
    boolean isTuned() {
      return isTunedHere() || declared || TunedModelName.isTunedAtProvider(name);
    }

    /** Returns whether the model was trained here, as every version of the model registry was. */
    boolean isTunedHere() {
      return TunedModelName.isRegistered(name) || !trainedBy.isEmpty();
    }
  }

  public Variant {
    models = List.copyOf(models);
  }

  /** Returns the name of the variant's own model, which is called first. */
  public String model() {
    return models.getFirst().name();
  }

  /** Returns the jobs that trained the variant's models. */
  public List<UUID> trainingJobs() {
    return models.stream().flatMap(model -> model.trainedBy().stream()).distinct().toList();
  }

  /** Returns whether the training jobs of each model that was tuned here are known. */
  public boolean areTrainingJobsKnown() {
    return models.stream().noneMatch(model -> model.isTunedHere() && model.trainedBy().isEmpty());
  }

  public Composition composition() {
    return Composition.of(index != null, models.stream().anyMatch(Model::isTuned));
  }
}
