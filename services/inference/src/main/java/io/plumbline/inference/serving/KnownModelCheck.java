package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.apikey.CallableModelCheck;
import io.plumbline.inference.apikey.NameSuggestion;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.projection.ModelVersion;
import io.plumbline.inference.provider.Providers;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Checks that the name of a model or variant can be called in the workspace, by what the database
 * holds. Any model of a connected provider can be called, even one that is not listed for the
 * provider.
 */
@Component
class KnownModelCheck implements CallableModelCheck {

  private static final String VIOLATION = "must be a model or variant of your workspace";

  private final LocalModels localModels;
  private final ModelProjection models;
  private final Providers providers;
  private final VariantCatalog variants;

  KnownModelCheck(
      LocalModels localModels,
      ModelProjection models,
      Providers providers,
      VariantCatalog variants) {
    this.localModels = localModels;
    this.models = models;
    this.providers = providers;
    this.variants = variants;
  }

  @Override
  public void requireCallable(String name, String pointer) {
    if (name.startsWith(Variant.MODEL_PREFIX)) {
      requireVariant(name, pointer);
    } else if (localModels.find(name).isEmpty() && providers.getModel(name).isEmpty()) {
      if (!BackendLookup.isModelVersionName(name)) {
        throw unknownModelProblem(name, pointer);
      }
      if (models.getVersion(name).isEmpty()) {
        throw Problem.notYetKnown(pointer, "model version", name);
      }
    }
  }

  private void requireVariant(String name, String pointer) {
    Digest digest =
        ModelResolver.parseVariantDigest(name)
            .orElseThrow(() ->
                unfitNameProblem(
                    "A variant is named variant/<digest>, where the digest has 64 lower-case"
                        + " hexadecimal digits.",
                    pointer));
    if (variants.get(digest).isEmpty()) {
      throw unfitNameProblem(
          "There is no variant %s in your workspace: copy its digest from its page, or from GET /api/variants."
              .formatted(digest.abbreviated()),
          pointer);
    }
  }

  /**
   * Returns the problem of an unknown name, which suggests the most similar name if there is one.
   */
  private Problem unknownModelProblem(String name, String pointer) {
    Collection<String> known = listedNames(Caller.current().workspace());
    String suggestion =
        known.stream()
            .filter(each -> each.endsWith("/" + name))
            .findFirst()
            .or(() -> NameSuggestion.of(name, known))
            .map(" Did you mean '%s'?"::formatted)
            .orElse("");
    return unfitNameProblem(
        unknownReason(name)
            + suggestion
            + " Name a model as <provider>/<model>, <model>@<version>, local/<name> or"
            + " variant/<digest>; GET /v1/models lists the models of your workspace.",
        pointer);
  }

  private static String unknownReason(String name) {
    int slash = name.indexOf('/');
    if (slash > 0 && !name.startsWith("local/")) {
      return "No provider '%s' is connected, so a call of '%s' could not be answered."
          .formatted(name.substring(0, slash), name);
    }
    return "There is no model '%s' in your workspace.".formatted(name);
  }

  /**
   * Returns the names to suggest: those of the local models, of the model versions of the
   * workspace, and of the models that are listed for its connected providers. Variants are not
   * among them.
   */
  private Collection<String> listedNames(UUID workspace) {
    return Stream.of(
            localModels.all().stream().map(LocalModel::name),
            models.versions(workspace).stream().map(ModelVersion::name),
            providers.all(workspace).stream()
                .flatMap(provider -> provider.models().stream().map(provider::qualifiedModelName)))
        .flatMap(each -> each)
        .toList();
  }

  private static Problem unfitNameProblem(String detail, String pointer) {
    return new Problem(CommonProblem.UNPROCESSABLE, detail).withFieldError(pointer, VIOLATION);
  }
}
