package io.plumbline.datasetregistry.split;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.ingest.RowMemoryBudget;
import io.plumbline.datasetregistry.ingest.Spool;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.event.EventTooLarge;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the subsets of a split, checks them for leakage and publishes them. */
@Component
class SplitJob implements JobHandler {

  static final String KIND = "split";
  private static final int MAX_SUBSETS = 16;

  private final DatasetCatalog catalog;
  private final SplitService splits;
  private final BlobStore blobs;
  private final Spool spool;
  private final RowMemoryBudget memory;

  SplitJob(
      DatasetCatalog catalog,
      SplitService splits,
      BlobStore blobs,
      Spool spool,
      RowMemoryBudget memory) {
    this.memory = memory;
    this.catalog = catalog;
    this.splits = splits;
    this.blobs = blobs;
    this.spool = spool;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** Thrown when a split cannot be made. The reason is for the person who requested it. */
  @SuppressWarnings("serial") // never leaves the process
  static final class ImpossibleSplit extends Exception {
    ImpossibleSplit(String reason) {
      super(reason);
    }
  }

  @Override
  public void run(JobContext job) throws IOException, ImpossibleSplit {
    SplitPayload work = job.payload(SplitPayload.class);
    Split split = splits.find(work.dataset(), work.number(), work.splitId().toString());
    if (split.state() != Split.State.SPLITTING) {
      return;
    }
    DatasetVersion version = catalog.readyVersion(work.dataset(), work.number());
    try (RowMemoryBudget.Share _ = memory.reserve(version.rows())) {
      Split.Content content = makeSubsets(job, split.recipe(), version);
      Caller.requester(Caller.current().workspace(), work.actor())
          .run(() -> job.runUnderLease(() -> splits.publish(work, version, content)));
    } catch (ImpossibleSplit impossible) {
      job.runUnderLease(() -> splits.fail(work, String.valueOf(impossible.getMessage())));
      throw impossible;
    } catch (EventTooLarge tooLarge) {
      job.runUnderLease(() -> splits.fail(work, String.valueOf(tooLarge.getMessage())));
      throw tooLarge;
    } catch (IOException | RuntimeException | Error unexpected) {
      if (!job.willRunAgain(unexpected)) {
        job.runUnderLease(
            () -> splits.fail(work, "The split failed for an internal reason. Define it again."));
      }
      throw unexpected;
    }
  }

  @Override
  public void recordGivenUp(JobContext job, String reason) {
    job.runUnderLease(() -> splits.fail(job.payload(SplitPayload.class), reason));
  }

  private Split.Content makeSubsets(JobContext job, Recipe recipe, DatasetVersion version)
      throws IOException, ImpossibleSplit {
    Digest rows = requireDigest(version.rowsDigest());
    List<String> names = new ArrayList<>(subsetNames(recipe, rows));
    SplitRows splitRows;
    try (InputStream content = blobs.open(rows)) {
      splitRows =
          SplitRows.read(
              content,
              Math.toIntExact(version.rows()),
              recipe.seed(),
              assignment(recipe, names),
              spool.directory());
    }
    job.reportProgress(0.4, "Assigning rows");
    double[] shares =
        names.stream()
            .filter(recipe.shares()::containsKey)
            .mapToDouble(name -> recipe.shares().getOrDefault(name, 0.0))
            .toArray();
    Splitter.Assigned assigned = new Splitter(splitRows, recipe, shares).split(names);
    Map<String, Subset> subsets = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    try (LeakageCheck leakage = new LeakageCheck(spool.directory());
        ItemFile.RandomAccessReader source = new ItemFile.RandomAccessReader(blobs.path(rows))) {
      for (int i = 0; i < names.size(); i++) {
        Path file = spool.createFile();
        files.add(file);
        subsets.put(
            names.get(i),
            writeSubset(names.get(i), assigned.subsets().get(i), splitRows, source, file));
        leakage.add(names.get(i), file);
      }
      job.reportProgress(0.8, "Checking for leakage");
      LeakageCheck.Outcome leaks = leakage.findLeaks();
      Digest digest = blobs.put(CanonicalJson.bytes(manifest(version, recipe, subsets)));
      Split.Dropped dropped =
          new Split.Dropped(
              assigned.emptyRows(),
              assigned.duplicates(),
              assigned.unsampled(),
              assigned.unnamed());
      return new Split.Content(digest, subsets, dropped, leaks.pairs(), leaks.listed());
    } finally {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Subset writeSubset(
      String name, int[] rows, SplitRows splitRows, ItemFile.RandomAccessReader source, Path file)
      throws IOException, ImpossibleSplit {
    if (rows.length == 0) {
      throw new ImpossibleSplit(
          "Subset \""
              + name
              + "\" would be empty. Give it a larger share or more rows, or omit it.");
    }
    try (ItemFile.Writer writer = new ItemFile.Writer(file)) {
      for (int row : rows) {
        writer.write(source.read(splitRows.offset(row)).withoutMetadata());
      }
    }
    try (InputStream content = Files.newInputStream(file)) {
      return new Subset(blobs.put(content), rows.length);
    }
  }

  /** Returns the names of the subsets in order. Those of a column are read from the rows. */
  private Set<String> subsetNames(Recipe recipe, Digest rows) throws IOException, ImpossibleSplit {
    String column = recipe.metadataField();
    if (column == null) {
      return new TreeSet<>(
          recipe.shares().isEmpty() ? recipe.rows().keySet() : recipe.shares().keySet());
    }
    if (recipe.given() != null) {
      try (InputStream content = blobs.open(rows)) {
        return GivenSubsetNames.read(content);
      }
    }
    Set<String> names = new TreeSet<>();
    try (ItemFile.Reader reader = new ItemFile.Reader(blobs.open(rows))) {
      for (Item item = reader.next();
          item != null && names.size() <= MAX_SUBSETS;
          item = reader.next()) {
        if (item.metadata().get(column) instanceof String name && !name.isBlank()) {
          names.add(name);
        }
      }
    }
    if (names.isEmpty()
        || names.size() > MAX_SUBSETS
        || names.contains(Recipe.DOCUMENTS)
        || !names.stream().allMatch(name -> name.matches(Recipe.SUBSET_NAME))) {
      throw new ImpossibleSplit(
          "Column \""
              + column
              + "\" must contain 1 to "
              + MAX_SUBSETS
              + " different names of subsets, such as train and test, in lower case. The name"
              + " documents is reserved.");
    }
    return names;
  }

  private static SplitRows.Assignment assignment(Recipe recipe, List<String> names) {
    String column = recipe.metadataField();
    if (column != null) {
      return item -> subsetIndex(item, column, names);
    }
    Map<String, Integer> subsetOfRow = new HashMap<>();
    recipe
        .rows()
        .forEach((subset, ids) -> ids.forEach(id -> subsetOfRow.put(id, names.indexOf(subset))));
    return item -> subsetOfRow.getOrDefault(item.itemId(), SplitRows.NONE);
  }

  private static int subsetIndex(Item item, String column, List<String> names) {
    if (item.metadata().get(column) instanceof String name) {
      return names.indexOf(name);
    }
    return SplitRows.NONE;
  }

  private static Map<String, Object> manifest(
      DatasetVersion version, Recipe recipe, Map<String, Subset> subsets) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", "plumbline-split-1");
    manifest.put("versionDigest", requireDigest(version.versionDigest()));
    manifest.put("recipe", recipe);
    manifest.put("subsets", subsets);
    return manifest;
  }

  private static Digest requireDigest(@Nullable Digest digest) {
    if (digest == null) {
      throw new IllegalStateException("A READY version must have digests");
    }
    return digest;
  }
}
