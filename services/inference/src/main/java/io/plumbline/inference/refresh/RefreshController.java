package io.plumbline.inference.refresh;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/variants/{variantDigest}/refresh")
class RefreshController {

  /**
   * The refresh to create.
   *
   * @param indexDigest an index that was built like the variant's, of a newer version of its
   *     dataset
   * @param name the name for people; that of the variant when absent
   */
  record CreateRefresh(
      @NotNull Digest indexDigest, @Nullable @Size(min = 1, max = 100) String name) {}

  /**
   * A variant that has the parts of another over newer documents.
   *
   * @param dataset the dataset of documents
   * @param formerVersion the version of the dataset in the other variant's index
   * @param version the version of the dataset in this variant's index
   */
  record RefreshView(
      Digest variantDigest,
      Digest formerVariantDigest,
      String application,
      String name,
      Digest indexDigest,
      String dataset,
      int formerVersion,
      int version) {}

  private final VariantCatalog variants;
  private final RefreshService refreshService;

  RefreshController(VariantCatalog variants, RefreshService refreshService) {
    this.variants = variants;
    this.refreshService = refreshService;
  }

  @Operation(
      summary =
          "Create the variant that has the parts of this one over an index of newer documents, and"
              + " nothing else that is new")
  @PostMapping
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @Idempotent
  @ResponseStatus(HttpStatus.CREATED)
  public ResponseEntity<RefreshView> createRefresh(
      @PathVariable Digest variantDigest, @RequestBody @Valid CreateRefresh command) {
    Variant former = variants.get(variantDigest).orElseThrow(Problem::notFound);
    RefreshService.Refreshing refreshing =
        refreshService.create(
            former, command.indexDigest, Objects.requireNonNullElse(command.name, former.name()));
    Variant variant = refreshing.variant();
    DocumentChange change = refreshing.change();
    return ResponseEntity.created(URI.create("/api/variants/" + variant.digest()))
        .body(
            new RefreshView(
                variant.digest(),
                former.digest(),
                variant.application(),
                variant.name(),
                change.index(),
                change.dataset(),
                change.formerVersion(),
                change.version()));
  }
}
