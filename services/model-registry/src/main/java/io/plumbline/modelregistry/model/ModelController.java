package io.plumbline.modelregistry.model;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.EntityTags;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/models")
class ModelController {

  /**
   * A model to create.
   *
   * @param name the name as inference requests will write it: {@code <name>@<version>}
   */
  record CreateModel(
      @NotNull(message = "is required")
          @Pattern(
              regexp = Model.NAME,
              message =
                  "must have at most 63 lower-case letters, digits and hyphens and start with a"
                      + " letter")
          String name,
      @Nullable @Size(max = 2_000, message = "must have at most 2000 characters")
          String description) {}

  /**
   * A version to register.
   *
   * @param jobId a training job that has succeeded
   */
  record RegisterModelVersion(
      @NotNull(message = "must be the id of a training job that has succeeded") UUID jobId,
      @Nullable @Size(max = 2_000, message = "must have at most 2000 characters")
          String description) {}

  /** A model as the API shows it. */
  record ModelView(
      String name,
      String description,
      String owner,
      int latestVersion,
      List<Alias> aliases,
      Instant createdAt) {}

  private final ModelCatalog catalog;
  private final AliasService aliasService;

  ModelController(ModelCatalog catalog, AliasService aliasService) {
    this.catalog = catalog;
    this.aliasService = aliasService;
  }

  @Operation(summary = "Create a model")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Idempotent
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public ResponseEntity<ModelView> createModel(@Valid @RequestBody CreateModel request) {
    Model model =
        catalog.create(request.name(), Objects.requireNonNullElse(request.description(), ""));
    return ResponseEntity.created(URI.create("/api/models/" + model.name()))
        .eTag(EntityTags.etag(model.revision()))
        .body(view(model));
  }

  @Operation(summary = "List models by name")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<ModelView> listModels(PageRequest request) {
    Page<Model> page = catalog.page(request);
    return page.map(this::view);
  }

  @Operation(summary = "Get a model with its aliases")
  @GetMapping("/{name}")
  @PreAuthorize("hasRole('VIEWER')")
  public ResponseEntity<ModelView> getModel(@PathVariable String name) {
    Model model = catalog.find(name).orElseThrow(Problem::notFound);
    return ResponseEntity.ok().eTag(EntityTags.etag(model.revision())).body(view(model));
  }

  @Operation(summary = "Register the result of a training job as the next version of a model")
  @PostMapping("/{name}/versions")
  @ResponseStatus(HttpStatus.CREATED)
  @Idempotent
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public ResponseEntity<ModelVersion> registerModelVersion(
      @PathVariable String name, @Valid @RequestBody RegisterModelVersion request) {
    ModelVersion version =
        catalog.register(
            name, request.jobId(), Objects.requireNonNullElse(request.description(), ""));
    return ResponseEntity.created(
            URI.create("/api/models/" + name + "/versions/" + version.version()))
        .body(version);
  }

  @Operation(summary = "List the versions of a model, newest first")
  @GetMapping("/{name}/versions")
  @PreAuthorize("hasRole('VIEWER')")
  public Page<ModelVersion> listModelVersions(@PathVariable String name, PageRequest request) {
    return catalog.versions(name, request);
  }

  @Operation(summary = "Get a model version with its lineage")
  @GetMapping("/{name}/versions/{version}")
  @PreAuthorize("hasRole('VIEWER')")
  public ModelVersion getModelVersion(@PathVariable String name, @PathVariable int version) {
    return catalog.version(name, version).orElseThrow(Problem::notFound);
  }

  @Operation(summary = "Get the model card of a version, as JSON or Markdown by the Accept header")
  @GetMapping(path = "/{name}/versions/{version}/card", produces = MediaType.APPLICATION_JSON_VALUE)
  @PreAuthorize("hasRole('VIEWER')")
  public ModelCard getModelCard(@PathVariable String name, @PathVariable int version) {
    Model model = catalog.find(name).orElseThrow(Problem::notFound);
    return ModelCard.of(model, getModelVersion(name, version), aliasService.aliasesOf(name));
  }

  @Operation(summary = "Get the model card of a version, as JSON or Markdown by the Accept header")
  @GetMapping(path = "/{name}/versions/{version}/card", produces = MediaType.TEXT_MARKDOWN_VALUE)
  @PreAuthorize("hasRole('VIEWER')")
  public String getModelCardAsMarkdown(@PathVariable String name, @PathVariable int version) {
    return getModelCard(name, version).markdown();
  }

  private ModelView view(Model model) {
    return new ModelView(
        model.name(),
        model.description(),
        model.owner(),
        model.latestVersion(),
        aliasService.aliasesOf(model.name()),
        model.createdAt());
  }
}
