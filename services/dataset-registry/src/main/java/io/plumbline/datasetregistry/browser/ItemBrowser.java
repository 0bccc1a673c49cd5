package io.plumbline.datasetregistry.browser;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetQueries;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.split.Split;
import io.plumbline.datasetregistry.split.SplitService;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.platform.web.PageToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists the items of a version, or of a subset of one of its splits, from the blobs themselves. */
@Service
class ItemBrowser {

  private final DatasetCatalog catalog;
  private final DatasetQueries reads;
  private final SplitService splits;
  private final BlobStore blobs;
  private final ItemPageReader pages;

  ItemBrowser(
      DatasetCatalog catalog,
      DatasetQueries reads,
      SplitService splits,
      BlobStore blobs,
      ItemPageReader pages) {
    this.catalog = catalog;
    this.reads = reads;
    this.splits = splits;
    this.blobs = blobs;
    this.pages = pages;
  }

  /**
   * The parameters of a list of items.
   *
   * @param split id or digest of a split; the newest READY one when absent
   * @param subset name of a subset; the whole version when absent
   * @param finding a kind of finding that the item must have among the listed ones
   * @param documentId the id of the document that the item must be
   */
  record Query(
      @Nullable String split,
      @Nullable String subset,
      @Nullable String label,
      @Nullable String finding,
      @Nullable String documentId,
      @Nullable String text) {}

  /** The blob that is read, and the number of its lines. */
  private record Source(Digest digest, long rows) {}

  Page<ListedItem> page(String dataset, int number, Query query, PageRequest page)
      throws IOException {
    DatasetVersion version = catalog.readyVersion(dataset, number);
    Source source = findRowsBlob(version, query);
    Path file = blobs.path(source.digest());
    ItemPageReader.Place from =
        page.after(3, keys -> ItemPageReader.Place.of(keys, file), ItemPageReader.Place.START);
    ItemFilter filter =
        new ItemFilter(
            query.label(), itemIdsWithFinding(version, query), query.documentId(), query.text());
    ItemPageReader.Slice slice = pages.readPage(file, from, page.limit(), filter);
    ItemPageReader.Place next = slice.next();
    return new Page<>(
        slice.items(),
        next == null ? null : PageToken.encode(next.keys()),
        totalOf(source, filter, from, slice));
  }

  /** Returns the number of items; for a filter, the number found so far and whether it is final. */
  private static Page.Total totalOf(
      Source source, ItemFilter filter, ItemPageReader.Place from, ItemPageReader.Slice slice) {
    if (filter.selectsAll()) {
      return Page.Total.counted(source.rows());
    }
    return new Page.Total(from.found() + slice.items().size(), slice.next() == null);
  }

  private @Nullable Set<String> itemIdsWithFinding(DatasetVersion version, Query query) {
    String finding = query.finding();
    return finding == null ? null : reads.itemIdsWithFinding(version.id(), finding);
  }

  private Source findRowsBlob(DatasetVersion version, Query query) {
    String subset = query.subset();
    if (subset == null) {
      if (query.split() != null) {
        throw Problem.invalid("subset", "is missing: name the subset of the split, such as test");
      }
      Digest rows = version.rowsDigest();
      if (rows == null) {
        throw Problem.notFound();
      }
      return new Source(rows, version.rows());
    }
    Split split = requireSplit(version, query.split());
    Subset found = split.subsets().get(subset);
    if (found == null) {
      throw Problem.invalid(
          "subset",
          "is not a subset of this split, which has " + new TreeSet<>(split.subsets().keySet()));
    }
    return new Source(found.digest(), found.rows());
  }

  private Split requireSplit(DatasetVersion version, @Nullable String reference) {
    if (reference != null) {
      return splits.find(version.dataset(), version.number(), reference);
    }
    return splits.latestSplits(version.dataset(), version.number()).stream()
        .filter(split -> split.state() == Split.State.READY)
        .findFirst()
        .orElseThrow(() ->
            Problem.invalid(
                "subset", "cannot be listed: the version has no split that is READY; omit it"));
  }
}
