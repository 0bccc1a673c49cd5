package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.PriceDecision;
import io.plumbline.contracts.Money;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.EntityTags;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.IfMatch;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/base-models")
class BaseModelController {

  /**
   * An entry as the API shows it.
   *
   * @param inputPerMillion the price in force, absent like the others until a second person has
   *     approved the first prices
   * @param priceProposedBy who proposed the prices in force; absent, like who approved them and
   *     when they took effect, where the settings of the installation give them
   */
  record BaseModelView(
      String name,
      String provider,
      Digest modelDigest,
      ModelKind kind,
      String description,
      int contextWindow,
      @Nullable Money inputPerMillion,
      @Nullable Money cachedInputPerMillion,
      @Nullable Money outputPerMillion,
      @Nullable String priceProposedBy,
      @Nullable String priceApprovedBy,
      @Nullable Instant priceValidFrom,
      String licence,
      boolean tunable,
      boolean tuned,
      @Nullable LocalDate deprecatedOn,
      String listedBy,
      Instant listedAt) {

    static BaseModelView from(BaseModelCatalog.Entry entry) {
      Listing listing = entry.listing();
      Prices prices = listing.prices();
      Price cached = prices == null ? null : prices.cachedInput();
      PriceDecision decision = entry.priceDecision();
      return new BaseModelView(
          listing.name().value(),
          listing.name().provider(),
          listing.modelDigest(),
          listing.kind(),
          listing.description(),
          listing.contextWindow(),
          prices == null ? null : prices.input().toMoney(),
          cached == null ? null : cached.toMoney(),
          prices == null ? null : prices.output().toMoney(),
          decision == null ? null : decision.proposedBy(),
          decision == null ? null : decision.approvedBy(),
          decision == null ? null : decision.validFrom(),
          listing.licence(),
          listing.tunable(),
          listing.tuned(),
          listing.deprecatedOn(),
          entry.listedBy(),
          entry.listedAt());
    }
  }

  private final BaseModelCatalog baseModelCatalog;

  BaseModelController(BaseModelCatalog baseModelCatalog) {
    this.baseModelCatalog = baseModelCatalog;
  }

  @Operation(summary = "List a provider's model in the catalogue, and propose its prices")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Idempotent
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public ResponseEntity<BaseModelView> createBaseModel(
      @Valid @RequestBody CreateBaseModel request) {
    BaseModelCatalog.Entry entry =
        baseModelCatalog.create(request.toListing(), request.toPrices(), request.priceReason());
    return ResponseEntity.created(URI.create("/api/base-models/" + entry.listing().name().value()))
        .eTag(EntityTags.etag(entry.revision()))
        .body(BaseModelView.from(entry));
  }

  @Operation(summary = "List base models by name")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<BaseModelView> listBaseModels(PageRequest request) {
    Page<BaseModelCatalog.Entry> page = baseModelCatalog.page(request);
    return page.map(BaseModelView::from);
  }

  @Operation(summary = "Get a base model")
  @GetMapping("/{provider}/{*model}")
  @PreAuthorize("hasRole('VIEWER')")
  public ResponseEntity<BaseModelView> getBaseModel(
      @PathVariable String provider, @PathVariable String model) {
    return toResponse(
        baseModelCatalog
            .find(BaseModelName.atPath(provider, model))
            .orElseThrow(Problem::notFound));
  }

  @Operation(
      summary =
          "Update a base model's context window, licence, description or deprecation date, and"
              + " propose prices")
  @PatchMapping("/{provider}/{*model}")
  @ResponseStatus(HttpStatus.OK)
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public ResponseEntity<BaseModelView> updateBaseModel(
      @PathVariable String provider,
      @PathVariable String model,
      @Valid @RequestBody UpdateBaseModel request,
      IfMatch ifMatch) {
    return toResponse(
        baseModelCatalog.update(
            BaseModelName.atPath(provider, model),
            request.toChanges(),
            request.toPrices(),
            request.priceReason(),
            ifMatch));
  }

  private static ResponseEntity<BaseModelView> toResponse(BaseModelCatalog.Entry entry) {
    return ResponseEntity.ok()
        .eTag(EntityTags.etag(entry.revision()))
        .body(BaseModelView.from(entry));
  }
}
