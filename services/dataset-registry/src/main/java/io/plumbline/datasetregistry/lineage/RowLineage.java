package io.plumbline.datasetregistry.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.row.Row;
import io.plumbline.datasetregistry.row.RowFile;
import io.plumbline.datasetregistry.split.Split;
import io.plumbline.datasetregistry.split.SplitService;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Finds a row by its id in the blobs themselves, without an index that could disagree with them.
 */
@Service
public class RowLineage {

  private final DatasetCatalog catalog;
  private final SplitService splits;
  private final BlobStore blobs;

  RowLineage(DatasetCatalog catalog, SplitService splits, BlobStore blobs) {
    this.catalog = catalog;
    this.splits = splits;
    this.blobs = blobs;
  }

  /** The row in one version; masking keeps its number and changes its id. */
  public record Step(String dataset, int version, long row, String rowId) {}

  /** A subset of a READY split that contains the row. */
  public record Use(String splitDigest, String subset) {}

  /**
   * @param origins the row in this version and in those it was masked from, newest first
   * @param uses the subsets it is in, among the version's latest 100 splits
   */
  public record Lineage(RowView row, List<Step> origins, List<Use> uses) {}

  /** A row as the API shows it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RowView(
      String rowId, String text, @Nullable String label, Map<String, Object> metadata) {

    static RowView from(Row row) {
      return new RowView(row.id(), row.text(), row.label(), row.metadata());
    }
  }

  public Lineage of(String dataset, int number, String rowId) throws IOException {
    DatasetVersion version = catalog.ready(dataset, number);
    Found found = find(version.rowsDigest(), (row, index) -> row.id().equals(rowId));
    List<Step> origins = new ArrayList<>();
    origins.add(new Step(dataset, number, found.index() + 1, rowId));
    Integer earlier = version.origin().derivedFrom();
    while (earlier != null) {
      DatasetVersion source = catalog.version(dataset, earlier);
      Row original = find(source.rowsDigest(), (row, index) -> index == found.index()).row();
      origins.add(new Step(dataset, earlier, found.index() + 1, original.id()));
      earlier = source.origin().derivedFrom();
    }
    return new Lineage(RowView.from(found.row()), origins, uses(dataset, number, rowId));
  }

  private List<Use> uses(String dataset, int number, String rowId) throws IOException {
    List<Use> uses = new ArrayList<>();
    for (Split split : splits.latest(dataset, number)) {
      for (Map.Entry<String, Subset> subset : split.subsets().entrySet()) {
        Digest digest = split.splitDigest();
        if (digest != null && contains(subset.getValue().digest(), rowId)) {
          uses.add(new Use(digest.hex(), subset.getKey()));
        }
      }
    }
    return uses;
  }

  private boolean contains(Digest subset, String rowId) throws IOException {
    return search(subset, (row, index) -> row.id().equals(rowId)) != null;
  }

  private record Found(Row row, long index) {}

  @FunctionalInterface
  private interface Condition {
    boolean test(Row row, long index);
  }

  private Found find(@Nullable Digest rows, Condition condition) throws IOException {
    Found found = rows == null ? null : search(rows, condition);
    if (found == null) {
      throw Problem.notFound();
    }
    return found;
  }

  private @Nullable Found search(Digest rows, Condition condition) throws IOException {
    try (RowFile.Reader reader = new RowFile.Reader(blobs.open(rows))) {
      long index = 0;
      for (Row row = reader.next(); row != null; row = reader.next()) {
        if (condition.test(row, index)) {
          return new Found(row, index);
        }
        index++;
      }
      return null;
    }
  }
}
