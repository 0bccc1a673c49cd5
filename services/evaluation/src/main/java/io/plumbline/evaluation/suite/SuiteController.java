package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/suites")
class SuiteController {

  /** A suite as it is shown. */
  record SuiteView(
      String name, int version, Digest suiteDigest, SuiteDefinition definition, List<String> labels, int items, int perturbedItems,
      String createdBy, Instant createdAt) {

    static SuiteView from(Suite suite) {
      return new SuiteView(
          suite.name(), suite.version(), suite.digest(), suite.definition(), suite.labels(), suite.originals(), suite.perturbed(),
          suite.createdBy(), suite.createdAt());
    }
  }

  private final SuiteCatalog catalog;
  private final Suites suites;

  SuiteController(SuiteCatalog catalog, Suites suites) {
    this.catalog = catalog;
    this.suites = suites;
  }

  @PostMapping
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER', 'DATA_STEWARD')")
  @Operation(summary = "Publishes a suite; 200 with the known one when its questions are not new")
  public ResponseEntity<SuiteView> create(@Valid @RequestBody CreateSuite command) {
    SuiteCatalog.Published published = catalog.publish(command);
    SuiteView view = SuiteView.from(published.suite());
    return published.created()
        ? ResponseEntity.created(URI.create("/api/suites/" + view.suiteDigest())).body(view)
        : ResponseEntity.ok(view);
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "Lists suites, the newest first")
  public Page<SuiteView> list(PageRequest page) {
    Page<Suite> found = suites.list(page);
    return new Page<>(found.items().stream().map(SuiteView::from).toList(), found.nextPageToken(), found.total());
  }

  @GetMapping("/{digest}")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "Shows a suite")
  public SuiteView find(@PathVariable @Pattern(regexp = "[0-9a-f]{64}",
      message = "must be 64 lower-case hexadecimal digits") String digest) {
    // Bound as text: Spring would convert by Digest.of, which hashes.
    return SuiteView.from(catalog.find(new Digest(digest)));
  }
}
