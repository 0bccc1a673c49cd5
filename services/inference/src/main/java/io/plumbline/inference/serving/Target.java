package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.projection.ModelVersion;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.variant.Variant;
import org.jspecify.annotations.Nullable;

/**
 * What a model name resolves to at the moment.
 *
 * @param name of the underlying model, as in prices and usage
 * @param variant absent when a model is called directly
 * @param arm absent unless an application is called
 */
record Target(String name, Backend backend, @Nullable Variant variant, @Nullable Arm arm) {

  /** What answers. */
  sealed interface Backend {}

  record Local(LocalModel model) implements Backend {}

  record Tuned(ModelVersion model) implements Backend {}

  record External(ProviderModel model) implements Backend {}

  @Nullable Digest variantDigest() {
    return variant == null ? null : variant.digest();
  }

  @Nullable String application() {
    return variant == null ? null : variant.application();
  }
}
