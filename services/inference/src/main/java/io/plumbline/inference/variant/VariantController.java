package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.abstention.Abstention;
import io.plumbline.inference.authorship.NamesPrompt;
import io.plumbline.inference.context.ContextOverflowPolicy;
import io.plumbline.inference.variant.ServingReleases.ServingRelease;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/variants")
class VariantController {

  /**
   * The variant to create.
   *
   * @param overflow REFUSE when absent
   * @param abstention the rule by which the variant abstains; absent where it always answers
   */
  record CreateVariant(
      @NotBlank @Size(max = 100) String application,
      @NotBlank @Size(max = 100) String name,
      @NotNull Digest promptDigest,
      @NotBlank @Size(max = 200) String model,
      @Nullable Digest indexDigest,
      @Valid @Nullable VariantParameters parameters,
      @Valid @Nullable CallerPolicy callerPolicy,
      @Nullable ContextOverflowPolicy overflow,
      @Size(max = Variant.MAX_FALLBACKS) @Nullable List<@NotBlank @Size(max = 200) String> fallback,
      @Valid @Nullable Abstention abstention)
      implements NamesPrompt {}

  /** A model of a fallback chain. */
  record FallbackView(String model, Digest modelDigest, @Nullable Digest connectionDigest) {

    static FallbackView from(PinnedModel model) {
      return new FallbackView(model.model(), model.modelDigest(), model.connection());
    }
  }

  /**
   * A variant on the wire.
   *
   * @param fallback the models that are called, in this order, when the one before failed
   * @param abstention the rule by which the variant abstains; absent where it always answers
   * @param serving the releases by which it serves at present
   */
  record VariantView(
      Digest variantDigest,
      String application,
      String name,
      Digest promptDigest,
      String model,
      Digest modelDigest,
      @Nullable Digest connectionDigest,
      @Nullable Digest indexDigest,
      VariantParameters parameters,
      CallerPolicy callerPolicy,
      ContextOverflowPolicy overflow,
      List<FallbackView> fallback,
      @Nullable Abstention abstention,
      List<ServingRelease> serving,
      List<String> authors,
      String createdBy,
      Instant createdAt) {

    static VariantView from(Variant variant, Map<Digest, List<ServingRelease>> serving) {
      return new VariantView(
          variant.digest(),
          variant.application(),
          variant.name(),
          variant.prompt(),
          variant.model(),
          variant.modelDigest(),
          variant.connection(),
          variant.index(),
          variant.parameters(),
          variant.callerPolicy(),
          variant.overflow(),
          variant.fallback().stream().map(FallbackView::from).toList(),
          variant.abstention(),
          serving.getOrDefault(variant.digest(), List.of()),
          variant.authors(),
          variant.createdBy(),
          variant.createdAt());
    }
  }

  private final VariantCatalog variants;
  private final Composer composer;
  private final ServingReleases releases;

  VariantController(VariantCatalog variants, Composer composer, ServingReleases releases) {
    this.variants = variants;
    this.composer = composer;
    this.releases = releases;
  }

  @Operation(
      summary =
          "Create a variant from a prompt version, a model, an index, parameters, a caller policy"
              + ", what happens to calls that are too long, a fallback and an abstention")
  @PostMapping
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @Idempotent
  @ResponseStatus(HttpStatus.CREATED)
  public ResponseEntity<VariantView> createVariant(@RequestBody @Valid CreateVariant command) {
    composer.requirePassageIndex(command.promptDigest, command.indexDigest);
    VariantParameters parameters =
        composer.resolveTemperatureSetting(
            Objects.requireNonNullElse(command.parameters, VariantParameters.NONE),
            command.promptDigest);
    CallerPolicy callerPolicy =
        Objects.requireNonNullElse(command.callerPolicy, CallerPolicy.DEFAULT);
    if (command.abstention != null) {
      composer.requireAbstentionAnswer(command.abstention, command.promptDigest, callerPolicy);
    }
    Variant variant =
        variants.create(
            command.application,
            command.name,
            command.promptDigest,
            command.model,
            command.indexDigest,
            parameters,
            callerPolicy,
            Objects.requireNonNullElse(command.overflow, ContextOverflowPolicy.REFUSE),
            Objects.requireNonNullElse(command.fallback, List.of()),
            command.abstention);
    return ResponseEntity.created(URI.create("/api/variants/" + variant.digest()))
        .body(view(variant));
  }

  @Operation(
      summary = "List variants, newest first",
      description =
          "By their parts, it says what hangs on one: model and connectionDigest find the models of"
              + " a fallback too, connectionDigest also the encoder of an index.")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<VariantView> listVariants(
      @RequestParam(required = false) @Nullable String application,
      @RequestParam(required = false) @Nullable Digest promptDigest,
      @RequestParam(required = false) @Nullable String model,
      @RequestParam(required = false) @Nullable Digest indexDigest,
      @RequestParam(required = false) @Nullable Digest connectionDigest,
      PageRequest page) {
    Page<Variant> found =
        variants.list(
            new VariantFilter(application, promptDigest, model, indexDigest, connectionDigest),
            page);
    Map<Digest, List<ServingRelease>> serving =
        releases.byVariant(found.items().stream().map(Variant::digest).toList());
    return found.map(variant -> VariantView.from(variant, serving));
  }

  @Operation(summary = "Get a variant by its digest")
  @GetMapping("/{variantDigest}")
  @PreAuthorize("hasRole('VIEWER')")
  public VariantView getVariant(@PathVariable Digest variantDigest) {
    return variants.get(variantDigest).map(this::view).orElseThrow(Problem::notFound);
  }

  private VariantView view(Variant variant) {
    return VariantView.from(variant, releases.byVariant(List.of(variant.digest())));
  }
}
