package io.plumbline.datasetregistry.split;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.ingest.Spool;
import io.plumbline.datasetregistry.row.Row;
import io.plumbline.datasetregistry.row.RowFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.platform.job.LeaseLost;
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

/** Makes the parts of a split, checks them for leakage and publishes them. */
@Component
class SplitJob implements JobHandler {

  static final String KIND = "split";
  private static final int MOST_PARTS = 16;

  private final DatasetCatalog catalog;
  private final SplitService desk;
  private final BlobStore blobs;
  private final Spool spool;

  SplitJob(DatasetCatalog catalog, SplitService desk, BlobStore blobs, Spool spool) {
    this.catalog = catalog;
    this.desk = desk;
    this.blobs = blobs;
    this.spool = spool;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** Ends a split that cannot be made; the reason is for the person who ordered it. */
  @SuppressWarnings("serial") // never leaves the process
  static final class Impossible extends Exception {
    Impossible(String reason) {
      super(reason);
    }
  }

  @Override
  public void run(JobContext job) throws IOException, Impossible {
    SplitWork work = job.payload(SplitWork.class);
    Split split = desk.find(work.dataset(), work.number(), work.split().toString());
    if (split.state() != Split.State.SPLITTING) {
      return;
    }
    DatasetVersion version = catalog.ready(work.dataset(), work.number());
    try {
      Split.Content content = split(job, split.recipe(), version);
      new Caller(Caller.current().workspace(), work.actor(), work.actor(), Set.of(), false)
          .run(() -> desk.publish(work, version, content));
    } catch (Impossible impossible) {
      desk.fail(work, String.valueOf(impossible.getMessage()));
      throw impossible;
    } catch (LeaseLost lost) {
      throw lost;
    } catch (IOException | RuntimeException | Error unexpected) {
      if (!Thread.currentThread().isInterrupted()) {
        desk.fail(work, "Something went wrong on our side. Order the split again.");
      }
      throw unexpected;
    }
  }

  @Override
  public void givenUp(JobContext job, String reason) {
    desk.fail(job.payload(SplitWork.class), reason);
  }

  private Split.Content split(JobContext job, Recipe recipe, DatasetVersion version)
      throws IOException, Impossible {
    Digest rows = known(version.rowsDigest());
    List<String> names = new ArrayList<>(names(recipe, rows));
    Candidates candidates;
    try (InputStream content = blobs.open(rows)) {
      candidates =
          Candidates.read(
              content,
              Math.toIntExact(version.rows()),
              recipe.seed(),
              assignment(recipe, names),
              spool.directory());
    }
    job.progress(0.4, "Assigning rows");
    double[] shares =
        names.stream()
            .filter(recipe.shares()::containsKey)
            .mapToDouble(name -> recipe.shares().getOrDefault(name, 0.0))
            .toArray();
    Splitter.Assigned assigned = new Splitter(candidates, recipe, shares).split(names.size());
    Map<String, Subset> parts = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    try (LeakageCheck leakage = new LeakageCheck(spool.directory());
        RowFile.At source = new RowFile.At(blobs.path(rows))) {
      for (int part = 0; part < names.size(); part++) {
        Path file = spool.file();
        files.add(file);
        parts.put(
            names.get(part),
            write(names.get(part), assigned.parts().get(part), candidates, source, file));
        leakage.add(names.get(part), file);
      }
      job.progress(0.8, "Checking for leakage");
      LeakageCheck.Outcome leaks = leakage.check();
      Digest digest = blobs.put(CanonicalJson.bytes(manifest(version, recipe, parts)));
      Split.Dropped dropped =
          new Split.Dropped(
              assigned.emptyRows(),
              assigned.duplicates(),
              assigned.unsampled(),
              assigned.unnamed());
      return new Split.Content(digest, parts, dropped, leaks.pairs(), leaks.listed());
    } finally {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Subset write(String name, int[] rows, Candidates candidates, RowFile.At source, Path file)
      throws IOException, Impossible {
    if (rows.length == 0) {
      throw new Impossible(
          "Part \""
              + name
              + "\" would be empty. Give it a larger share, more rows, or leave it away.");
    }
    try (RowFile.Writer writer = new RowFile.Writer(file)) {
      for (int row : rows) {
        writer.write(source.read(candidates.offset(row)).bare());
      }
    }
    try (InputStream content = Files.newInputStream(file)) {
      return new Subset(blobs.put(content), rows.length);
    }
  }

  /** The parts' names in order; those of a column are found in the rows. */
  private Set<String> names(Recipe recipe, Digest rows) throws IOException, Impossible {
    String column = recipe.column();
    if (column == null) {
      return new TreeSet<>(
          recipe.shares().isEmpty() ? recipe.rows().keySet() : recipe.shares().keySet());
    }
    Set<String> names = new TreeSet<>();
    try (RowFile.Reader reader = new RowFile.Reader(blobs.open(rows))) {
      for (Row row = reader.next();
          row != null && names.size() <= MOST_PARTS;
          row = reader.next()) {
        if (row.metadata().get(column) instanceof String name && !name.isBlank()) {
          names.add(name);
        }
      }
    }
    if (names.isEmpty()
        || names.size() > MOST_PARTS
        || !names.stream().allMatch(name -> name.matches(Recipe.PART_NAME))) {
      throw new Impossible(
          "Column \""
              + column
              + "\" must hold 1 to "
              + MOST_PARTS
              + " names of parts such as train and test, in lower case, and some rows must have"
              + " one.");
    }
    return names;
  }

  private static Candidates.Assignment assignment(Recipe recipe, List<String> names) {
    String column = recipe.column();
    if (column != null) {
      return row ->
          row.metadata().get(column) instanceof String name
              ? names.indexOf(name)
              : Candidates.NOWHERE;
    }
    Map<String, Integer> partOfRow = new HashMap<>();
    recipe.rows().forEach((part, ids) -> ids.forEach(id -> partOfRow.put(id, names.indexOf(part))));
    return row -> partOfRow.getOrDefault(row.id(), Candidates.NOWHERE);
  }

  private static Map<String, Object> manifest(
      DatasetVersion version, Recipe recipe, Map<String, Subset> parts) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", "plumbline-split-1");
    manifest.put("versionDigest", known(version.versionDigest()));
    manifest.put("recipe", recipe);
    manifest.put("parts", parts);
    return manifest;
  }

  private static Digest known(@Nullable Digest digest) {
    if (digest == null) {
      throw new IllegalStateException("A READY version has digests");
    }
    return digest;
  }
}
