package io.plumbline.modelregistry.catalog.web;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.modelregistry.catalog.BaseModelName;
import io.plumbline.modelregistry.catalog.Catalog;
import io.plumbline.modelregistry.catalog.Listing;
import io.plumbline.modelregistry.catalog.ModelKind;
import io.plumbline.modelregistry.catalog.Revision;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.IfMatch;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.platform.web.Versioned;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/base-models")
class BaseModelController {

  private static final BigDecimal HIGHEST_PRICE = new BigDecimal("100000");

  /**
   * @param name provider/model, as requests will name it
   * @param modelDigest of the weights where they are held; else left out
   * @param inputPerMillion price of a million input tokens, in USD; {@code outputPerMillion}
   *     likewise
   */
  record ListBaseModel(
      @NotNull(message = "must be provider/model")
          @Pattern(
              regexp = BaseModelName.FORM,
              message = "must be provider/model, like openai/gpt-4o-mini")
          String name,
      @Nullable Digest modelDigest,
      @NotNull(message = "must be CHAT, EMBEDDING or CHOICE") ModelKind kind,
      @Nullable @Size(max = 2_000, message = "must have at most 2000 characters")
          String description,
      @NotNull(message = "must be the number of input tokens it reads")
          @Min(value = 1, message = "must be at least 1")
          @Max(value = 100_000_000, message = "must be at most 100000000")
          Integer contextWindow,
      @NotNull(message = "must be an amount of USD") Money inputPerMillion,
      @NotNull(message = "must be an amount of USD") Money outputPerMillion,
      @NotBlank(message = "must name the licence or terms")
          @Size(max = 100, message = "must have at most 100 characters")
          String licence,
      @Nullable LocalDate deprecatedOn) {

    Listing toListing() {
      Digest digest =
          modelDigest == null ? CanonicalJson.digest(Map.of("providerModel", name)) : modelDigest;
      return new Listing(
          BaseModelName.of(name),
          digest,
          kind,
          description == null ? "" : description,
          contextWindow,
          price(inputPerMillion, "/inputPerMillion"),
          price(outputPerMillion, "/outputPerMillion"),
          licence,
          false,
          deprecatedOn);
    }
  }

  /** What is to change; absent is as it was. */
  record ReviseBaseModel(
      @Nullable @Size(max = 2_000, message = "must have at most 2000 characters")
          String description,
      @Nullable
          @Min(value = 1, message = "must be at least 1")
          @Max(value = 100_000_000, message = "must be at most 100000000")
          Integer contextWindow,
      @Nullable Money inputPerMillion,
      @Nullable Money outputPerMillion,
      @Nullable @Size(min = 1, max = 100, message = "must have 1 to 100 characters") String licence,
      @Nullable LocalDate deprecatedOn) {

    Revision toRevision() {
      return new Revision(
          description,
          contextWindow,
          inputPerMillion == null ? null : price(inputPerMillion, "/inputPerMillion"),
          outputPerMillion == null ? null : price(outputPerMillion, "/outputPerMillion"),
          licence,
          deprecatedOn);
    }
  }

  /** An entry as the API shows it. */
  record BaseModelView(
      String name,
      String provider,
      Digest modelDigest,
      ModelKind kind,
      String description,
      int contextWindow,
      Money inputPerMillion,
      Money outputPerMillion,
      String licence,
      boolean tunable,
      @Nullable LocalDate deprecatedOn,
      String listedBy,
      Instant listedAt) {

    static BaseModelView from(Catalog.Entry entry) {
      Listing listing = entry.listing();
      return new BaseModelView(
          listing.name().value(),
          listing.name().provider(),
          listing.modelDigest(),
          listing.kind(),
          listing.description(),
          listing.contextWindow(),
          money(listing.inputPerMillion()),
          money(listing.outputPerMillion()),
          listing.licence(),
          listing.tunable(),
          listing.deprecatedOn(),
          entry.listedBy(),
          entry.listedAt());
    }

    private static Money money(BigDecimal amount) {
      return Money.usd(new BigDecimal(amount.toPlainString()));
    }
  }

  private final Catalog catalog;

  BaseModelController(Catalog catalog) {
    this.catalog = catalog;
  }

  @Operation(summary = "List a provider's model in the catalogue; prices are in force from then on")
  @PostMapping
  @Idempotent
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public ResponseEntity<BaseModelView> list(@Valid @RequestBody ListBaseModel request) {
    Catalog.Entry entry = catalog.list(request.toListing());
    return ResponseEntity.created(URI.create("/api/base-models/" + entry.listing().name().value()))
        .eTag(Versioned.etag(entry.revision()))
        .body(BaseModelView.from(entry));
  }

  @Operation(summary = "The catalogue, by name")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<BaseModelView> page(PageRequest request) {
    Page<Catalog.Entry> page = catalog.page(request);
    return new Page<>(
        page.items().stream().map(BaseModelView::from).toList(),
        page.nextPageToken(),
        page.total());
  }

  @Operation(summary = "An entry of the catalogue")
  @GetMapping("/{provider}/{model}")
  @PreAuthorize("hasRole('VIEWER')")
  public ResponseEntity<BaseModelView> get(
      @PathVariable String provider, @PathVariable String model) {
    return answer(catalog.find(new BaseModelName(provider, model)).orElseThrow(Problem::notFound));
  }

  @Operation(summary = "Revise prices, context window, licence, description or deprecation date")
  @PatchMapping("/{provider}/{model}")
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public ResponseEntity<BaseModelView> revise(
      @PathVariable String provider,
      @PathVariable String model,
      @Valid @RequestBody ReviseBaseModel request,
      IfMatch ifMatch) {
    return answer(
        catalog.revise(new BaseModelName(provider, model), request.toRevision(), ifMatch));
  }

  private static ResponseEntity<BaseModelView> answer(Catalog.Entry entry) {
    return ResponseEntity.ok()
        .eTag(Versioned.etag(entry.revision()))
        .body(BaseModelView.from(entry));
  }

  private static BigDecimal price(Money price, String pointer) {
    if (!price.currency().equals("USD")
        || price.amount().signum() < 0
        || price.amount().compareTo(HIGHEST_PRICE) > 0
        || price.amount().scale() > 9) {
      throw Problem.invalid(
          pointer, "must be an amount of 0 to 100000 USD with at most 9 decimals");
    }
    return price.amount();
  }
}
