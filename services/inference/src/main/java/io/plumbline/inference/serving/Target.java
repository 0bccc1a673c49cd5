package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.abstention.Abstention;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.projection.ModelVersion;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.variant.Variant;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The target that a model name resolves to at the moment.
 *
 * @param name the name of the underlying model, as in prices and usage
 * @param fallback the models that are asked, in this order, when the one before failed
 * @param substitute whether the model stands in for the variant's own
 * @param variant absent when a model is called directly
 * @param arm absent unless an application is called
 */
record Target(
    String name,
    Backend backend,
    List<Fallback> fallback,
    boolean substitute,
    @Nullable Variant variant,
    @Nullable Arm arm) {

  Target {
    fallback = List.copyOf(fallback);
  }

  /** Returns the target of a model that is called directly. */
  static Target of(String name, Backend backend) {
    return new Target(name, backend, List.of(), false, null, null);
  }

  /**
   * A model of a fallback.
   *
   * @param backend absent when the model is gone, which does not keep the others from answering
   */
  record Fallback(String name, @Nullable Backend backend) {}

  /** The backend that answers. */
  sealed interface Backend {}

  record Local(LocalModel model) implements Backend {}

  record Tuned(ModelVersion model) implements Backend {}

  record External(ProviderModel model) implements Backend {}

  /** Returns the same target, answered by a model of its fallback in place of its own. */
  Target withBackend(String other, Backend answering) {
    return new Target(other, answering, fallback, true, variant, arm);
  }

  /**
   * Returns the time in which one of its models must have answered: the longest of their deadlines.
   */
  Duration deadline() {
    return Stream.concat(Stream.of(backend), fallback.stream().map(Fallback::backend))
        .map(each -> each instanceof External(var model) ? model.deadline() : Duration.ZERO)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Returns whether a provider's model may answer, of its own or of its fallback. */
  boolean usesProvider() {
    return backend instanceof External
        || fallback.stream().anyMatch(each -> each.backend() instanceof External);
  }

  /** Returns the fields beyond the OpenAI API that the model's connection passes on. */
  List<String> passedFields() {
    return backend instanceof External(var model)
        ? model.connection().endpoint().passedFields()
        : List.of();
  }

  @Nullable Digest variantDigest() {
    return variant == null ? null : variant.digest();
  }

  @Nullable Abstention abstention() {
    return variant == null ? null : variant.abstention();
  }

  @Nullable String application() {
    return variant == null ? null : variant.application();
  }
}
