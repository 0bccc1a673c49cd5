package io.plumbline.evaluation.projection;

import io.plumbline.contracts.Digest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A variant as inference composed it.
 *
 * @param model its name: {@code <model>@<version>} for one that the model registry holds
 * @param index absent without retrieval
 * @param trainedBy the jobs that its model came from; empty for a base model, and for a tuned one
 *     whose registration has not arrived yet
 */
public record Variant(
    Digest digest,
    String application,
    Digest prompt,
    String model,
    @Nullable Digest index,
    List<UUID> trainedBy) {

  /** Whether the model is one of the model registry's versions, all of which were trained here. */
  public boolean tuned() {
    return model.contains("@") || !trainedBy.isEmpty();
  }

  public Composition composition() {
    return Composition.of(index != null, tuned());
  }
}
