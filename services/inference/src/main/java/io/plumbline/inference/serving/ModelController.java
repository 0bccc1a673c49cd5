package io.plumbline.inference.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.apikey.ApiKeyScope;
import io.plumbline.inference.apikey.ScopeGuard;
import io.plumbline.inference.local.Encoders;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.provider.Providers;
import io.plumbline.inference.release.Arm;
import io.plumbline.inference.release.TrafficRouter;
import io.plumbline.platform.identity.Caller;
import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/models")
class ModelController {

  /** The details of a model for which the OpenAI protocol has no field. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ModelDetails(
      String kind,
      @Nullable Digest digest,
      @Nullable String notice,
      @Nullable Integer maxInputTokens,
      @Nullable List<String> labels) {}

  record Model(
      String id,
      String object,
      long created,
      @JsonProperty("owned_by") String ownedBy,
      ModelDetails plumbline) {

    static Model of(String id, String owner, ModelDetails details) {
      return new Model(id, "model", 0, owner, details);
    }
  }

  record Models(String object, List<Model> data) {}

  private final LocalModels localModels;
  private final Encoders encoders;
  private final ModelProjection tuned;
  private final TrafficRouter trafficRouter;
  private final Providers providers;
  private final ScopeGuard scope;
  private final ModelResolver resolver;

  ModelController(
      LocalModels localModels,
      Encoders encoders,
      ModelProjection tuned,
      TrafficRouter trafficRouter,
      Providers providers,
      ScopeGuard scope,
      ModelResolver resolver) {
    this.localModels = localModels;
    this.encoders = encoders;
    this.tuned = tuned;
    this.trafficRouter = trafficRouter;
    this.providers = providers;
    this.scope = scope;
    this.resolver = resolver;
  }

  @Operation(summary = "List the models, applications and providers' models that can be called")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Models listModels() {
    return new Models(
        "list",
        allModels(Caller.current().workspace()).stream()
            .filter(model -> scope.isVisibleToCaller(model.id))
            .toList());
  }

  /** Finds listed models, and names that can be called unlisted: variants and environments. */
  @Operation(summary = "Get a model, an application, a variant or a provider's model by its name")
  @GetMapping("/{*model}")
  @PreAuthorize("hasRole('VIEWER')")
  public Model getModel(@PathVariable String model) {
    UUID workspace = Caller.current().workspace();
    String name = model.substring(1);
    Arm arm = resolver.findArm(workspace, name, name).orElse(null);
    return allModels(workspace).stream()
        .filter(listed -> listed.id.equals(name))
        .findFirst()
        .orElseGet(() -> unlistedModel(resolver.resolve(workspace, name, arm), name));
  }

  private static Model unlistedModel(Target target, String name) {
    return Model.of(
        name,
        "workspace",
        new ModelDetails(kindOf(target), target.variantDigest(), null, null, null));
  }

  private static String kindOf(Target target) {
    if (target.arm() != null) {
      return "APPLICATION";
    }
    return target.variant() == null ? "PROVIDER" : "VARIANT";
  }

  private List<Model> allModels(UUID workspace) {
    List<Model> models = new ArrayList<>();
    localModels
        .all()
        .forEach(model ->
            models.add(
                Model.of(
                    model.name(),
                    "plumbline",
                    new ModelDetails(
                        model.kind().name(),
                        localModels.digest(model),
                        model.notice(),
                        encoders.defaultMaxTokens(),
                        null))));
    tuned
        .versions(workspace)
        .forEach(model ->
            models.add(
                Model.of(
                    model.name(),
                    "workspace",
                    new ModelDetails(
                        "TUNED",
                        model.modelDigest(),
                        "A classification head on an encoder: it picks one of its labels.",
                        null,
                        model.labels()))));
    trafficRouter.targetNames(workspace).stream()
        .sorted()
        .forEach(name ->
            models.add(
                Model.of(
                    ApiKeyScope.APPLICATION_PREFIX + name,
                    "workspace",
                    new ModelDetails("APPLICATION", null, null, null, null))));
    providers
        .all(workspace)
        .forEach(provider ->
            provider
                .models()
                .forEach(model ->
                    models.add(
                        Model.of(
                            provider.name() + "/" + model,
                            provider.name(),
                            new ModelDetails("PROVIDER", null, null, null, null)))));
    return models;
  }
}
