package io.plumbline.datasetregistry.draft;

import io.plumbline.datasetregistry.ingest.IngestService;
import io.plumbline.datasetregistry.item.ItemMasker;
import io.plumbline.datasetregistry.lineage.ItemView;
import io.plumbline.items.Item;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.sensitivedata.SensitiveKind;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API of the draft of a dataset. */
@RestController
@RequestMapping("/api/datasets/{name}/draft")
class DraftController {

  private final DraftService drafts;
  private final VersionRows rows;
  private final ItemMasker mask;

  DraftController(DraftService drafts, VersionRows rows, ItemMasker mask) {
    this.drafts = drafts;
    this.rows = rows;
    this.mask = mask;
  }

  /**
   * An item of a draft as lists show it.
   *
   * @param item the item with placeholders such as {@code <EMAIL>}; its metadata contain its source
   *     as claimedSource, or the row that it corrects as expectedCorrection
   * @param masked the kinds of the sensitive values behind the placeholders
   */
  record DraftItemView(
      UUID draftItemId,
      ItemView item,
      List<SensitiveKind> masked,
      String addedBy,
      Instant addedAt) {}

  /**
   * @param base the version whose rows the new one begins with; absent for the draft alone
   */
  record PublishDraft(@Min(1) @Nullable Integer base) {}

  @PostMapping("/items")
  @ResponseStatus(HttpStatus.OK)
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER')")
  @Idempotent
  @Operation(
      summary = "Add an item to the draft of a dataset, in the place of one that asks the same",
      description =
          "The item has to be what a line of an upload to the dataset has to be. The dataset needs"
              + " a licence and a legal basis. source is kept as claimed: nothing holds it against"
              + " a trace.")
  public ResponseEntity<DraftItemView> addDraftItem(
      @PathVariable String name, @RequestBody @Valid AddDraftItem command) {
    command.source().requireTrace();
    return ResponseEntity.ok(view(drafts.add(name, command)));
  }

  @PostMapping("/corrections")
  @ResponseStatus(HttpStatus.OK)
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER')")
  @Operation(
      summary = "Correct what a row expects, in the draft of its dataset",
      description =
          "Adds the row to the draft with other expectations, in the place of an item that asks the"
              + " same. A version made of the draft has them in the place of the rows of its base"
              + " that ask the same, and names who corrected them in the metadata of these rows."
              + " Versions do not change. Preferences, documents and rows that were uploaded for"
              + " the test subset cannot be corrected. Sent again, a correction has no further"
              + " effect.")
  public DraftItemView addDraftCorrection(
      @PathVariable String name, @RequestBody @Valid AddDraftCorrection command)
      throws IOException {
    Item row = rows.require(name, command.version(), command.itemId());
    return view(drafts.correct(name, row, command));
  }

  @GetMapping("/items")
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER', 'COMPLIANCE_OFFICER')")
  @Operation(
      summary = "List the items of the draft of a dataset, oldest first, sensitive values masked")
  public Page<DraftItemView> listDraftItems(@PathVariable String name, PageRequest page) {
    return drafts.page(name, page).map(this::view);
  }

  @DeleteMapping("/items/{draftItemId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER')")
  @Operation(summary = "Remove an item from the draft of a dataset")
  public void removeDraftItem(@PathVariable String name, @PathVariable UUID draftItemId) {
    drafts.remove(name, draftItemId);
  }

  @PostMapping("/version")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @Idempotent
  @Operation(
      summary = "Make a dataset version of the draft, alone or after the rows of another version",
      description = "It is scanned, split and admitted as any other, and empties the draft.")
  public ResponseEntity<IngestService.StartedVersion> publishDraft(
      @PathVariable String name, @RequestBody @Valid PublishDraft command) {
    IngestService.StartedVersion started = drafts.publish(name, command.base());
    return ResponseEntity.accepted()
        .location(URI.create("/api/datasets/" + name + "/versions/" + started.version()))
        .body(started);
  }

  private DraftItemView view(DraftItem item) {
    ItemMasker.Masked masked = mask.mask(item.parseItem());
    return new DraftItemView(
        item.draftItemId(),
        ItemView.from(masked.item()),
        masked.kinds(),
        item.addedBy(),
        item.addedAt());
  }
}
