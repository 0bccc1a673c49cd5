package io.plumbline.datasetregistry.lineage;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.projection.LineageReference;
import io.plumbline.datasetregistry.split.Split;
import io.plumbline.datasetregistry.split.SplitService;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Finds a row by the id of its item in the blobs themselves, without an index that could disagree
 * with them.
 */
@Service
public class RowLineage {

  private static final int MAX_CONTINUATIONS = 10;

  /** The maximum number of splits whose subsets are searched for the row. */
  private static final int MAX_SPLITS = 100;

  private final DatasetCatalog catalog;
  private final SplitService splits;
  private final BlobStore blobs;
  private final LineageGraph graph;
  private final RowReadRecorder reads;

  RowLineage(
      DatasetCatalog catalog,
      SplitService splits,
      BlobStore blobs,
      LineageGraph graph,
      RowReadRecorder reads) {
    this.catalog = catalog;
    this.splits = splits;
    this.blobs = blobs;
    this.graph = graph;
    this.reads = reads;
  }

  /**
   * The row in one version. Masking keeps its number and may change its id; continuing a version
   * with a draft keeps both.
   */
  public record Step(String dataset, int version, long row, String itemId) {}

  /** A subset of a READY split of a version that contains the row. */
  public record Use(int version, Digest splitDigest, String subset) {

    private LineageReference reference() {
      return LineageReference.ofSubset(splitDigest, subset);
    }
  }

  /**
   * The lineage of a row.
   *
   * @param item the row in this version
   * @param origins the row in this version and in the versions that it was masked from or
   *     continues, newest first
   * @param continuations the row in the nearest 10 versions that mask or continue this one
   * @param uses the subsets of this version and its continuations that contain the row, among at
   *     most 100 splits
   * @param downstream the objects that were made of these subsets
   */
  public record Lineage(
      ItemView item,
      List<Step> origins,
      List<Step> continuations,
      List<Use> uses,
      Downstream downstream) {}

  /** Returns the lineage of a row, and records that the row was shown to the caller. */
  public Lineage lineageOf(String dataset, int number, String itemId) throws IOException {
    DatasetVersion version = catalog.readyVersion(dataset, number);
    FoundRow found =
        requireRow(version.rowsDigest(), (item, index) -> item.itemId().equals(itemId));
    List<Step> origins = new ArrayList<>();
    origins.add(new Step(dataset, number, found.index() + 1, itemId));
    Integer earlier = version.origin().derivedFrom();
    while (earlier != null) {
      DatasetVersion source = catalog.version(dataset, earlier);
      Step origin = findStep(source, found.index());
      if (origin == null) {
        // A version that was made of a draft has more rows than the one that it continues.
        break;
      }
      origins.add(origin);
      earlier = source.origin().derivedFrom();
    }
    List<Step> continuations = findDerivedRows(dataset, number, found.index());
    List<Use> uses =
        findUses(Stream.concat(Stream.of(origins.getFirst()), continuations.stream()).toList());
    Downstream downstream = graph.downstream(uses.stream().map(Use::reference).toList());
    Lineage lineage =
        new Lineage(ItemView.from(found.item()), origins, continuations, uses, downstream);
    reads.recordRead(dataset, number, found.index() + 1);
    return lineage;
  }

  private List<Step> findDerivedRows(String dataset, int number, long index) throws IOException {
    List<Step> continuations = new ArrayList<>();
    Deque<Integer> followed = new ArrayDeque<>(List.of(number));
    while (!followed.isEmpty()) {
      for (DatasetVersion later : catalog.versionsDerivedFrom(dataset, followed.remove())) {
        if (continuations.size() == MAX_CONTINUATIONS) {
          return continuations;
        }
        Step continuation = findStep(later, index);
        if (continuation != null) {
          continuations.add(continuation);
          followed.add(later.number());
        }
      }
    }
    return continuations;
  }

  private @Nullable Step findStep(DatasetVersion version, long index) throws IOException {
    Digest rows = version.rowsDigest();
    if (rows == null) {
      return null;
    }
    FoundRow found = findFirst(rows, (item, place) -> place == index);
    if (found == null) {
      return null;
    }
    return new Step(version.dataset(), version.number(), index + 1, found.item().itemId());
  }

  private List<Use> findUses(List<Step> steps) throws IOException {
    List<Use> uses = new ArrayList<>();
    int searched = 0;
    for (Step step : steps) {
      for (Split split : splits.latestSplits(step.dataset(), step.version())) {
        Digest digest = split.splitDigest();
        if (digest == null || searched++ >= MAX_SPLITS) {
          continue;
        }
        for (Map.Entry<String, Subset> subset : split.subsets().entrySet()) {
          if (containsItem(subset.getValue().digest(), step.itemId())) {
            uses.add(new Use(step.version(), digest, subset.getKey()));
          }
        }
      }
    }
    return uses;
  }

  private boolean containsItem(Digest subset, String itemId) throws IOException {
    return findFirst(subset, (item, index) -> item.itemId().equals(itemId)) != null;
  }

  private record FoundRow(Item item, long index) {}

  @FunctionalInterface
  private interface Condition {
    boolean test(Item item, long index);
  }

  private FoundRow requireRow(@Nullable Digest rows, Condition condition) throws IOException {
    FoundRow found = rows == null ? null : findFirst(rows, condition);
    if (found == null) {
      throw Problem.notFound();
    }
    return found;
  }

  private @Nullable FoundRow findFirst(Digest rows, Condition condition) throws IOException {
    try (ItemFile.Reader reader = new ItemFile.Reader(blobs.open(rows))) {
      long index = 0;
      for (Item item = reader.next(); item != null; item = reader.next()) {
        if (condition.test(item, index)) {
          return new FoundRow(item, index);
        }
        index++;
      }
      return null;
    }
  }
}
