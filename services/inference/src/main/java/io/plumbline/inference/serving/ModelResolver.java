package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.ComposerRoleGuard;
import io.plumbline.inference.apikey.ApiKeyScope;
import io.plumbline.inference.apikey.NameSuggestion;
import io.plumbline.inference.apikey.ScopeGuard;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.release.TrafficRouter;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.DenialRecorder;
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

  /** The roles of a caller who can only read. */
  private static final Set<Role> READ_ONLY = Set.of(Role.VIEWER);

  private final TrafficRouter trafficRouter;
  private final VariantCatalog variants;
  private final BackendLookup backends;
  private final ScopeGuard scope;
  private final DenialRecorder denialRecorder;

  ModelResolver(
      TrafficRouter trafficRouter,
      VariantCatalog variants,
      BackendLookup backends,
      ScopeGuard scope,
      DenialRecorder denialRecorder) {
    this.trafficRouter = trafficRouter;
    this.variants = variants;
    this.backends = backends;
    this.scope = scope;
    this.denialRecorder = denialRecorder;
  }

  /**
   * Returns the arm that answers a call of an application; empty for any other name. Every call
   * passes here, so this also enforces the role for calling a model without a variant. Nobody
   * approved such a model, nor its instructions, so only a caller who may compose variants calls
   * it. An API key may call what its scope names.
   *
   * @param key the key that keeps a caller on one arm of a release
   */
  Optional<Arm> findCalledArm(UUID workspace, String name, String key) {
    Optional<Arm> arm = findArm(workspace, name, key);
    if (arm.isEmpty() && !name.startsWith(Variant.MODEL_PREFIX)) {
      requireComposer(name);
    }
    return arm;
  }

  private void requireComposer(String model) {
    Caller caller = Caller.current();
    if (ApiKeyScope.current().isEmpty()
        && !caller.service()
        && !ComposerRoleGuard.isComposer(caller)) {
      throw missingRoleError(
          model,
          "call a model without a variant",
          "one of " + ComposerRoleGuard.ROLES,
          ("You may not call a model by its own name. Call what is released, app/<name>, or ask an"
                  + " administrator of your workspace for one of the roles %s.")
              .formatted(ComposerRoleGuard.ROLES));
    }
  }

  /**
   * Returns the arm that answers a call of an application; empty for any other name. This also
   * enforces the scope of an API key, and the role for calling a variant by its digest.
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
    String application = name.substring(ApiKeyScope.APPLICATION_PREFIX.length());
    return Optional.of(
        trafficRouter
            .findArm(workspace, application, key)
            .orElseThrow(() -> notServedError(workspace, name, application)));
  }

  private OpenAiError notServedError(UUID workspace, String name, String application) {
    if (trafficRouter.isStopped(workspace, application)) {
      return new OpenAiError(
          410,
          "data_withdrawn",
          "model",
          ("'%s' does not answer any more: the admission of data that its release was made of was"
                  + " withdrawn, the deadline of a policy has passed, and no earlier release holds."
                  + " Release a variant that was made of admitted data.")
              .formatted(name));
    }
    return BackendLookup.modelNotFoundError(
        "Nothing is released as '%s': release a variant there, or check the name.%s"
            .formatted(name, suggestion(workspace, name)));
  }

  /**
   * Requires a role that may call a variant by its digest. The variant may be released nowhere, and
   * its answers show the content of its passages. An API key may call the variants in its scope.
   */
  private void requireRole(String variant) {
    if (ApiKeyScope.current().isEmpty() && READ_ONLY.containsAll(Caller.current().roles())) {
      throw missingRoleError(
          variant,
          "call a variant by its digest",
          "any role other than viewer",
          "A viewer may not call a variant by its digest. Call what is released, app/<name>, or ask"
              + " an administrator of your workspace for a role that may try variants, such as"
              + " prompt-engineer.");
    }
  }

  private OpenAiError missingRoleError(String name, String action, String role, String message) {
    denialRecorder.record(action, name, CommonProblem.FORBIDDEN, List.of("role missing: " + role));
    return new OpenAiError(403, "forbidden", "model", message);
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
          parseVariantDigest(name)
              .orElseThrow(() ->
                  OpenAiError.invalidRequest(
                      "model",
                      "model must be variant/<digest>, where the digest has 64 lower-case"
                          + " hexadecimal digits."));
      return variantTarget(workspace, digest, null);
    }
    return backends
        .findNamed(workspace, name)
        .map(backend -> Target.of(name, backend))
        .orElseThrow(() ->
            BackendLookup.modelNotFoundError(
                "The workspace has no model '%s'; GET /v1/models lists its models.%s"
                    .formatted(name, suggestion(workspace, name))));
  }

  /**
   * Returns the digest in the name of a variant; empty where it has none.
   *
   * @param name a name that begins with {@link Variant#MODEL_PREFIX}
   */
  static Optional<Digest> parseVariantDigest(String name) {
    return Optional.of(name.substring(Variant.MODEL_PREFIX.length()))
        .filter(digest -> DIGEST.matcher(digest).matches())
        .map(Digest::new);
  }

  /** Suggests an application that may have been meant, among those that the caller may see. */
  private String suggestion(UUID workspace, String name) {
    List<String> applications =
        trafficRouter.targetNames(workspace).stream()
            .map(each -> ApiKeyScope.APPLICATION_PREFIX + each)
            .filter(scope::isVisibleToCaller)
            .toList();
    return NameSuggestion.of(name, applications)
        .map(" Did you mean '%s'?"::formatted)
        .orElseGet(() -> unconnectedProviderMessage(name));
  }

  /** Returns a sentence about the provider in a name that is not connected; empty otherwise. */
  private static String unconnectedProviderMessage(String name) {
    int slash = name.indexOf('/');
    if (slash <= 0
        || List.of(ApiKeyScope.APPLICATION_PREFIX, "local/")
            .contains(name.substring(0, slash + 1))) {
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
    Target.Backend own = backends.requirePinned(workspace, variant.mainModel());
    backends.requireEncoder(workspace, variant);
    List<Target.Fallback> fallback =
        variant.fallback().stream()
            .map(model ->
                new Target.Fallback(
                    model.model(), backends.findPinned(workspace, model).orElse(null)))
            .toList();
    return new Target(variant.model(), own, fallback, false, variant, arm);
  }
}
