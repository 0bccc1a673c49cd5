package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.apikey.ApiKeyScope;
import io.plumbline.inference.apikey.NameSuggestion;
import io.plumbline.inference.apikey.ScopeGuard;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.provider.Connections;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.Providers;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.release.Traffic;
import io.plumbline.inference.retrieval.IndexCatalog;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.inference.variant.PinnedModel;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Denials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Resolves model names to targets, in memory. */
@Component
class ModelResolver {

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern VERSION = Pattern.compile("[^/]+@\\d+");

  /** The roles of a caller who can only read. */
  private static final Set<Role> READ_ONLY = Set.of(Role.VIEWER);

  private final Traffic traffic;
  private final VariantCatalog variants;
  private final ModelProjection models;
  private final LocalModels localModels;
  private final Providers providers;
  private final Connections connections;
  private final IndexCatalog indexes;
  private final ScopeGuard scope;
  private final Denials denials;

  ModelResolver(
      Traffic traffic,
      VariantCatalog variants,
      ModelProjection models,
      LocalModels localModels,
      Providers providers,
      Connections connections,
      IndexCatalog indexes,
      ScopeGuard scope,
      Denials denials) {
    this.traffic = traffic;
    this.variants = variants;
    this.models = models;
    this.localModels = localModels;
    this.providers = providers;
    this.connections = connections;
    this.indexes = indexes;
    this.scope = scope;
    this.denials = denials;
  }

  /**
   * Returns the arm that answers a call of an application; empty for any other name. Every call
   * passes here, so this also enforces the scope of an API key, and the role for calling a variant
   * by its digest.
   *
   * @param key the key that keeps a caller on one arm of a release
   */
  Optional<Arm> findArm(UUID workspace, String name, String key) {
    scope.requireModel(name);
    if (name.startsWith(Variant.MODEL_PREFIX)) {
      requireRole(name);
    }
    if (!name.startsWith(ApiKeyScope.APPLICATION_PREFIX)) {
      return Optional.empty();
    }
    return Optional.of(
        traffic
            .findArm(workspace, name.substring(ApiKeyScope.APPLICATION_PREFIX.length()), key)
            .orElseThrow(() ->
                notFound(
                    "Nothing is released as '%s': release a variant there, or check the name.%s"
                        .formatted(name, suggestion(workspace, name)))));
  }

  /**
   * Requires a role that may call a variant by its digest. The variant may be released nowhere, and
   * its answers show the content of its passages. An API key may call the variants in its scope.
   */
  private void requireRole(String variant) {
    if (ApiKeyScope.current().isEmpty() && READ_ONLY.containsAll(Caller.current().roles())) {
      denials.record(
          "call a variant by its digest",
          variant,
          CommonProblem.FORBIDDEN,
          List.of("role missing: any role other than viewer"));
      throw new OpenAiError(
          403,
          "forbidden",
          "model",
          "A viewer may not call a variant by its digest. Call what is released, app/<name>, or ask"
              + " an administrator of your workspace for a role that may try variants, such as"
              + " prompt-engineer.");
    }
  }

  /**
   * Resolves a name to a target.
   *
   * @param arm the arm of an application; absent for any other name
   */
  Target resolve(UUID workspace, String name, @Nullable Arm arm) {
    if (arm != null) {
      return variantTarget(workspace, arm.variant(), arm);
    }
    if (name.startsWith(Variant.MODEL_PREFIX)) {
      Digest digest =
          digestIn(name)
              .orElseThrow(() ->
                  OpenAiError.invalid(
                      "model",
                      "model must be variant/<digest>, where the digest has 64 lower-case"
                          + " hexadecimal digits."));
      return variantTarget(workspace, digest, null);
    }
    return modelBackend(workspace, name)
        .map(backend -> Target.of(name, backend))
        .orElseThrow(() ->
            notFound(
                "The workspace has no model '%s'; GET /v1/models lists its models.%s"
                    .formatted(name, suggestion(workspace, name))));
  }

  /**
   * Returns the digest in the name of a variant; empty where it has none.
   *
   * @param name a name that begins with {@link Variant#MODEL_PREFIX}
   */
  static Optional<Digest> digestIn(String name) {
    return Optional.of(name.substring(Variant.MODEL_PREFIX.length()))
        .filter(digest -> DIGEST.matcher(digest).matches())
        .map(Digest::new);
  }

  /** Returns whether a name has the form of a registered model's version. */
  static boolean isVersion(String name) {
    return VERSION.matcher(name).matches();
  }

  /** Suggests an application that may have been meant, among those that the caller may see. */
  private String suggestion(UUID workspace, String name) {
    List<String> applications =
        traffic.targetNames(workspace).stream()
            .map(each -> ApiKeyScope.APPLICATION_PREFIX + each)
            .filter(scope::isListed)
            .toList();
    return NameSuggestion.of(name, applications)
        .map(" Did you mean '%s'?"::formatted)
        .orElseGet(() -> unconnectedProvider(workspace, name));
  }

  /** Returns a sentence about the provider in a name that is not connected; empty otherwise. */
  private String unconnectedProvider(UUID workspace, String name) {
    int slash = name.indexOf('/');
    if (slash <= 0
        || List.of(ApiKeyScope.APPLICATION_PREFIX, "local/").contains(name.substring(0, slash + 1))
        || providers.findModel(workspace, name).isPresent()) {
      return "";
    }
    return " No provider '%s' is connected.".formatted(name.substring(0, slash));
  }

  private Target variantTarget(UUID workspace, Digest digest, @Nullable Arm arm) {
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
    Target.Backend own =
        pinnedBackend(workspace, variant.mainModel())
            .orElseThrow(() -> notFound(goneMessage(variant.mainModel())));
    requireEncoder(workspace, variant);
    List<Target.Fallback> fallback =
        variant.fallback().stream()
            .map(model ->
                new Target.Fallback(model.model(), pinnedBackend(workspace, model).orElse(null)))
            .toList();
    return new Target(variant.model(), own, fallback, false, variant, arm);
  }

  /** Requires the encoder of the index, without which a variant that retrieves cannot answer. */
  private void requireEncoder(UUID workspace, Variant variant) {
    if (variant.retrieves()) {
      Optional.ofNullable(variant.index())
          .flatMap(indexes::encoderConnection)
          .filter(connection -> connections.find(workspace, connection).isEmpty())
          .ifPresent(gone -> {
            throw notFound(
                ("The connection %s that the encoder of the variant's index is called by was"
                        + " removed; create a variant with another index.")
                    .formatted(gone.abbreviated()));
          });
    }
  }

  /**
   * Returns a model that the variant was created with. It is found by its digest, because its name
   * may resolve to another model now.
   */
  private Optional<Target.Backend> pinnedBackend(UUID workspace, PinnedModel pinned) {
    Digest connection = pinned.connection();
    if (connection == null) {
      return localModels
          .find(pinned.model(), pinned.modelDigest())
          .<Target.Backend>map(Target.Local::new)
          .or(() -> tunedBackend(workspace, pinned));
    }
    return connections
        .find(workspace, connection)
        .map(found -> new Target.External(new ProviderModel(found, pinned.upstreamModel())));
  }

  private static String goneMessage(PinnedModel model) {
    Digest connection = model.connection();
    if (connection == null) {
      return ("The model '%s' that the variant was created with is not installed any more; create a"
              + " variant with another model.")
          .formatted(model.model());
    }
    return ("The connection %s that the variant's model '%s' is called by was removed; create a"
            + " variant with another model.")
        .formatted(connection.abbreviated(), model.model());
  }

  private Optional<Target.Backend> tunedBackend(UUID workspace, PinnedModel pinned) {
    return models
        .findVersion(workspace, pinned.model())
        .filter(version -> version.modelDigest().equals(pinned.modelDigest()))
        .map(Target.Tuned::new);
  }

  private Optional<Target.Backend> modelBackend(UUID workspace, String name) {
    Optional<LocalModel> local = localModels.find(name);
    if (local.isPresent()) {
      return local.map(Target.Local::new);
    }
    if (isVersion(name)) {
      return models.findVersion(workspace, name).map(Target.Tuned::new);
    }
    return providers.findModel(workspace, name).map(Target.External::new);
  }

  private static OpenAiError notFound(String message) {
    return new OpenAiError(404, "model_not_found", "model", message);
  }
}
