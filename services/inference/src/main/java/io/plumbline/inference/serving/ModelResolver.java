package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.projection.ModelProjection;
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

/** Resolves model names to targets, in memory. */
@Component
class ModelResolver {

  private static final String APPLICATION = "app/";
  private static final String VARIANT = "variant/";

  private final Traffic traffic;
  private final VariantCatalog variants;
  private final ModelProjection models;
  private final LocalModels localModels;
  private final Providers providers;

  ModelResolver(
      Traffic traffic,
      VariantCatalog variants,
      ModelProjection models,
      LocalModels localModels,
      Providers providers) {
    this.traffic = traffic;
    this.variants = variants;
    this.models = models;
    this.localModels = localModels;
    this.providers = providers;
  }

  /**
   * @param key keeps a caller on one arm of a release
   */
  Target resolve(UUID workspace, String name, String key) {
    if (name.startsWith(APPLICATION)) {
      Arm arm =
          traffic
              .arm(workspace, name.substring(APPLICATION.length()), key)
              .orElseThrow(() ->
                  notFound(
                      "Nothing is released as '%s': release a variant there, or check the name."
                          .formatted(name)));
      return variant(workspace, arm.variant(), arm);
    }
    if (name.startsWith(VARIANT)) {
      String digest = name.substring(VARIANT.length());
      if (!digest.matches("[0-9a-f]{64}")) {
        throw OpenAiError.invalid(
            "model",
            "model must be variant/ and the variant's digest of 64 lower-case hexadecimal digits.");
      }
      return variant(workspace, new Digest(digest), null);
    }
    return model(workspace, name, null, null)
        .orElseThrow(() ->
            notFound(
                "The workspace has no model '%s'; GET /v1/models lists its models."
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
                    "The variant does not exist here. If you have just created it, try again in a"
                        + " second; otherwise check the digest.",
                    Duration.ofSeconds(1)));
    return model(workspace, variant.model(), variant, arm)
        .orElseThrow(() ->
            notFound(
                "The variant's model '%s' no longer exists; create a variant with another model."
                    .formatted(variant.model())));
  }

  private Optional<Target> model(
      UUID workspace, String name, @Nullable Variant variant, @Nullable Arm arm) {
    Optional<LocalModel> local = localModels.find(name);
    if (local.isPresent()) {
      return local.map(model -> new Target(name, new Target.Local(model), variant, arm));
    }
    if (name.matches("[^/]+@\\d+")) {
      return models
          .version(workspace, name)
          .map(model -> new Target(name, new Target.Tuned(model), variant, arm));
    }
    return providers
        .findModel(workspace, name)
        .map(model -> new Target(name, new Target.External(model), variant, arm));
  }

  private static OpenAiError notFound(String message) {
    return new OpenAiError(404, "model_not_found", "model", message);
  }
}
