package io.plumbline.datasetregistry.draft;

import io.plumbline.contracts.DatasetRegistryEvent.DraftItemAdded;
import io.plumbline.contracts.DatasetRegistryEvent.DraftItemRemoved;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.ingest.DraftIngested;
import io.plumbline.datasetregistry.ingest.IngestService;
import io.plumbline.datasetregistry.item.ItemIds;
import io.plumbline.datasetregistry.item.RowCorrection;
import io.plumbline.datasetregistry.row.RecordSchema;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Adds items to drafts, removes them, and makes versions of drafts. */
@Service
class DraftService {

  static final int MAX_ITEMS = 1_000;

  /** The maximum characters of all items of a draft, which a new version holds in memory. */
  static final int MAX_CHARACTERS = 8 * 1024 * 1024;

  /** The source that the event about the correction of a row names. */
  private static final String CORRECTION = "CORRECTION";

  private final DatasetCatalog catalog;
  private final DraftItems items;
  private final IngestService ingest;
  private final BlobStore blobs;
  private final Outbox outbox;
  private final Clock clock;

  DraftService(
      DatasetCatalog catalog,
      DraftItems items,
      IngestService ingest,
      BlobStore blobs,
      Outbox outbox,
      Clock clock) {
    this.catalog = catalog;
    this.items = items;
    this.ingest = ingest;
    this.blobs = blobs;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Adds an item, or replaces the item that has the same input.
   *
   * @throws Problem 422 when the dataset does not accept it, 409 when the draft is full or the
   *     dataset has no licence or legal basis
   */
  @Transactional
  DraftItem add(String name, AddDraftItem command) {
    Dataset dataset = catalog.lockDataset(name);
    DraftRules.requireLegalBasis(dataset);
    RecordSchema.Accepted accepted = DraftRules.requireAccepted(dataset, command);
    ClaimedSource source = command.source();
    Item item =
        draftItem(
            accepted.input(), accepted.expected(), Map.of("claimedSource", claimedSource(source)));
    requireNoCorrection(name, item);
    return put(
        name,
        item,
        added ->
            new DraftItemAdded(
                name,
                added.draftItemId(),
                source.kind().name(),
                source.traceId(),
                source.responseId(),
                added.addedBy(),
                null,
                null));
  }

  /** Checks that the item would not silently take the place of a correction. */
  private void requireNoCorrection(String name, Item item) {
    if (items
        .findByItemId(name, item.itemId())
        .map(DraftItem::parseItem)
        .filter(RowCorrection::isIn)
        .isPresent()) {
      throw new Problem(
          DraftProblem.HAS_CORRECTION,
          "The draft corrects a row that asks the same. Correct that row again, or remove the"
              + " correction first.");
    }
  }

  /**
   * Adds a row with other expectations, or replaces the item that has the same input. A version of
   * the draft has them in the place of those rows of its base that have the same input.
   *
   * @param row the row of a version, whose input and metadata are kept
   * @throws Problem 422 when the dataset does not accept the expectations, 409 when the draft is
   *     full or the dataset has no licence or legal basis
   */
  @Transactional
  DraftItem correct(String name, Item row, AddDraftCorrection command) {
    Dataset dataset = catalog.lockDataset(name);
    DraftRules.requireLegalBasis(dataset);
    Expected expected = DraftRules.requireCorrection(dataset, row, command.expected().expected());
    Item item = draftItem(row.input(), expected, command.byCaller().addTo(row.metadata()));
    return put(
        name,
        item,
        added ->
            new DraftItemAdded(
                name,
                added.draftItemId(),
                CORRECTION,
                null,
                null,
                added.addedBy(),
                command.version(),
                command.itemId()));
  }

  private static Item draftItem(Input input, Expected expected, Map<String, Object> metadata) {
    return new Item(
        new ItemIds().assignNext(ItemIds.identifyingContent(input, expected)),
        input,
        expected,
        metadata);
  }

  private DraftItem put(String name, Item item, Function<DraftItem, DraftItemAdded> event) {
    String line = new String(ItemFile.toJsonBytes(item), StandardCharsets.UTF_8);
    Optional<DraftItem> earlier = items.findByItemId(name, item.itemId());
    if (earlier.filter(same -> same.line().equals(line)).isPresent()) {
      return earlier.get();
    }
    earlier.ifPresent(replaced -> remove(name, replaced.draftItemId()));
    requireRoom(name, line);
    DraftItem added =
        new DraftItem(Ids.next(), item.itemId(), line, Caller.current().actor(), clock.instant());
    items.insert(name, added);
    outbox.append(event.apply(added), eventSubject(name, added.draftItemId()), 1);
    return added;
  }

  @Transactional
  void remove(String name, UUID draftItemId) {
    if (!items.delete(name, draftItemId)) {
      throw Problem.notFound();
    }
    outbox.append(
        new DraftItemRemoved(name, draftItemId, Caller.current().actor()),
        eventSubject(name, draftItemId),
        2);
  }

  @Transactional(readOnly = true)
  Page<DraftItem> page(String name, PageRequest page) {
    Page<DraftItem> found = items.page(name, page);
    if (found.items().isEmpty()) {
      catalog.dataset(name);
    }
    return found;
  }

  /**
   * Starts a version of the draft. Its items leave the draft once the version is READY.
   *
   * @param base the version whose rows come first; absent for the draft alone
   */
  @Transactional
  IngestService.StartedVersion publish(String name, @Nullable Integer base) {
    DraftRules.requireLegalBasis(catalog.lockDataset(name));
    List<DraftItem> draft = items.all(name);
    if (draft.isEmpty()) {
      throw new Problem(
          DraftProblem.EMPTY,
          "The draft of dataset %s is empty, but a version has at least one row. Add an item first."
              .formatted(name));
    }
    byte[] content =
        draft.stream()
            .map(DraftItem::line)
            .collect(Collectors.joining("\n", "", "\n"))
            .getBytes(StandardCharsets.UTF_8);
    Digest digest = blobs.put(content);
    return ingest.startFromDraft(
        name,
        base,
        digest,
        content.length,
        draft.stream().map(DraftItem::draftItemId).toList(),
        draft.stream().map(DraftItem::addedBy).collect(Collectors.toSet()));
  }

  /**
   * Removes the items of a published version from the draft. They stay until then, so that no item
   * is lost with a version that fails.
   */
  @EventListener
  void on(DraftIngested ingested) {
    items.delete(ingested.dataset(), ingested.draftItemIds());
  }

  private void requireRoom(String name, String line) {
    DraftItems.Size size = items.size(name);
    if (size.items() >= MAX_ITEMS || size.characters() + line.length() > MAX_CHARACTERS) {
      throw new Problem(
          DraftProblem.FULL,
          "A draft holds at most %,d items of %,d characters in all. Make a version of it first."
              .formatted(MAX_ITEMS, MAX_CHARACTERS));
    }
  }

  private static Map<String, Object> claimedSource(ClaimedSource source) {
    Map<String, Object> claimed = new LinkedHashMap<>();
    claimed.put("kind", source.kind().name());
    Optional.ofNullable(source.traceId()).ifPresent(id -> claimed.put("traceId", id));
    Optional.ofNullable(source.responseId()).ifPresent(id -> claimed.put("responseId", id));
    return claimed;
  }

  private static String eventSubject(String name, UUID draftItemId) {
    return name + "/draft/" + draftItemId;
  }
}
