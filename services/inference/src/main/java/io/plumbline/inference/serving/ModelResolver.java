package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.projection.Catalog;
import io.plumbline.inference.provider.Providers;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.release.Traffic;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds what a model name stands for, in memory. */
@Component
class ModelResolver {

  private static final String APPLICATION = "app/";
  private static final String VARIANT = "variant/";

  private final Traffic traffic;
  private final VariantCatalog variants;
  private final Catalog catalog;
  private final LocalModels localModels;
  private final Providers providers;

  ModelResolver(
      Traffic traffic,
      VariantCatalog variants,
      Catalog catalog,
      LocalModels localModels,
      Providers providers) {
    this.traffic = traffic;
    this.variants = variants;
    this.catalog = catalog;
    this.localModels = localModels;
    this.providers = providers;
  }

  /**
   * @param key what keeps a caller on one arm of a release
   */
  Target find(UUID workspace, String name, String key) {
    if (name.startsWith(APPLICATION)) {
      Arm arm =
          traffic
              .arm(workspace, name.substring(APPLICATION.length()), key)
              .orElseThrow(() ->
                  unknown(
                      "'%s' serves nothing: release a variant there first, or check the name and environment."
                          .formatted(name)));
      return variant(workspace, arm.variant(), arm);
    }
    if (name.startsWith(VARIANT)) {
      String digest = name.substring(VARIANT.length());
      if (!digest.matches("[0-9a-f]{64}")) {
        throw OpenAiError.invalid(
            "model", "A variant is named by its digest of 64 lower-case hexadecimal digits.");
      }
      return variant(workspace, new Digest(digest), null);
    }
    return bare(workspace, name, null, null)
        .orElseThrow(() ->
            unknown(
                "There is no model '%s' here; GET /v1/models lists those there are."
                    .formatted(name)));
  }

  private Target variant(UUID workspace, Digest digest, @Nullable Arm arm) {
    Variant variant =
        variants
            .find(workspace, digest)
            .orElseThrow(() ->
                new OpenAiError(
                    409,
                    "not_yet_known",
                    "model",
                    "This variant is not known here. If you have just composed it, try again in a"
                        + " second; else check the digest.",
                    Duration.ofSeconds(1)));
    return bare(workspace, variant.model(), variant, arm)
        .orElseThrow(() ->
            unknown("The variant's model '%s' is not here any more.".formatted(variant.model())));
  }

  private Optional<Target> bare(
      UUID workspace, String name, @Nullable Variant variant, @Nullable Arm arm) {
    Optional<LocalModel> local = localModels.find(name);
    if (local.isPresent()) {
      return local.map(model -> new Target(name, new Target.Local(model), variant, arm));
    }
    if (name.matches("[^/]+@\\d+")) {
      return catalog
          .model(workspace, name)
          .map(model -> new Target(name, new Target.Tuned(model), variant, arm));
    }
    return providers
        .find(workspace, name)
        .map(model -> new Target(name, new Target.External(model), variant, arm));
  }

  private static OpenAiError unknown(String message) {
    return new OpenAiError(404, "model_not_found", "model", message);
  }
}
