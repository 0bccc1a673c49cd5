package io.plumbline.inference.retrieval;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.projection.SplitEvidence;
import io.plumbline.inference.projection.SplitProjection;
import io.plumbline.inference.retrieval.chunk.Chunker;
import io.plumbline.inference.retrieval.chunk.Chunking;
import io.plumbline.inference.retrieval.encoder.IndexEncoders;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.platform.job.JobPostponed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Embeds the items of a subset, documents chunk by chunk, and stores the index as one blob. The job
 * can be repeated after a crash: only its last step is visible, and the vectors that a provider was
 * paid for are kept until then.
 */
@Component
class IndexJob implements JobHandler {

  private static final int BATCH = 64;

  private final IndexCatalog indexes;
  private final SplitProjection splits;
  private final BlobStore blobs;
  private final IndexEncoders encoders;
  private final BatchEncoder batchEncoder;
  private final IndexBatches batches;
  private final SplitEvidence evidence;
  private final TransactionTemplate transaction;

  IndexJob(
      IndexCatalog indexes,
      SplitProjection splits,
      BlobStore blobs,
      IndexEncoders encoders,
      BatchEncoder batchEncoder,
      IndexBatches batches,
      SplitEvidence evidence,
      PlatformTransactionManager transactions) {
    this.indexes = indexes;
    this.splits = splits;
    this.blobs = blobs;
    this.encoders = encoders;
    this.batchEncoder = batchEncoder;
    this.batches = batches;
    this.evidence = evidence;
    this.transaction = new TransactionTemplate(transactions);
  }

  @Override
  public String kind() {
    return IndexCatalog.JOB;
  }

  @Override
  public void run(JobContext job) throws IOException {
    UUID id = job.payload(IndexCatalog.BuildIndex.class).indexId();
    Optional<IndexVersion> index = indexes.claimForBuild(id, job.fence());
    if (index.isEmpty()) {
      return;
    }
    try {
      evidence.requireStillAdmitted(id, index.get().split(), IndexCatalog.PURPOSE);
      build(index.get(), job);
    } catch (JobPostponed postponed) {
      if (job.isCancellationRequested()) {
        batches.removeBatches(id);
      }
      throw postponed;
    } catch (IOException | RuntimeException | Error unexpected) {
      if (!job.willRunAgain(unexpected)) {
        indexes.markFailed(
            id, job.fence(), "The index could not be built: " + unexpected.getMessage());
      }
      throw unexpected;
    }
  }

  @Override
  public void recordGivenUp(JobContext job, String reason) {
    indexes.markFailed(job.payload(IndexCatalog.BuildIndex.class).indexId(), job.fence(), reason);
  }

  private void build(IndexVersion index, JobContext job) throws IOException {
    Subset subset =
        Objects.requireNonNull(
            transaction.execute(status ->
                splits
                    .findSplit(index.split())
                    .map(split -> split.subsets().get(index.subset()))
                    .orElseThrow()));
    IndexRecipe recipe = IndexRecipe.of(index, subset.digest(), encoders.recipe(index.encoder()));
    Optional<IndexVersion> same = indexes.find(recipe.digest());
    if (same.isPresent()) {
      indexes.markBuilt(
          index,
          job.fence(),
          recipe,
          new IndexCatalog.Files(
              Objects.requireNonNull(same.get().blob()),
              Objects.requireNonNull(same.get().passages()),
              same.get().dimensions()));
      return;
    }
    Path work = Files.createTempDirectory("index");
    try {
      AddedEntries added = build(index, subset, work, job);
      if (job.isCancellationRequested()) {
        batches.removeBatches(index.id());
        return;
      }
      indexes.markBuilt(
          index,
          job.fence(),
          recipe,
          new IndexCatalog.Files(storePacked(work), added.count, added.dimensions));
    } finally {
      IndexFolder.deleteFolder(work);
    }
  }

  /**
   * The content that was added to an index.
   *
   * @param count the number of entries
   * @param dimensions the number of dimensions of their vectors; absent when there are none
   */
  private record AddedEntries(long count, @Nullable Integer dimensions) {}

  private AddedEntries build(IndexVersion index, Subset subset, Path target, JobContext job)
      throws IOException {
    try (LuceneFiles.Builder builder = new LuceneFiles.Builder(target);
        ItemFile.Reader items = new ItemFile.Reader(blobs.open(subset.digest()))) {
      AddedEntries added = addAll(index, subset, items, builder, job);
      builder.finish();
      return added;
    }
  }

  private AddedEntries addAll(
      IndexVersion index,
      Subset subset,
      ItemFile.Reader items,
      LuceneFiles.Builder builder,
      JobContext job)
      throws IOException {
    Chunking chunking = index.chunking();
    if (chunking == null) {
      return new EntryEmbedder<>(
              index, job, item -> List.of(LabelledText.of(item)), LabelledText::text, builder::add)
          .addAll(items, subset.rows());
    }
    return new EntryEmbedder<>(
            index, job, passageDivider(index, chunking), PassageEntry::embedded, builder::add)
        .addAll(items, subset.rows());
  }

  private Function<Item, List<PassageEntry>> passageDivider(IndexVersion index, Chunking chunking) {
    Chunker chunker = encoders.tokenMeasure(index.encoder()).chunker(chunking);
    return item -> PassageEntry.of(item, chunker);
  }

  /** Writes an entry of an index with its vector. */
  @FunctionalInterface
  private interface Writer<E> {
    void add(E entry, float[] vector) throws IOException;
  }

  /** Embeds the entries of an index in batches, and writes them in their order. */
  private final class EntryEmbedder<E> {

    private final IndexVersion index;
    private final JobContext job;
    private final Function<Item, List<E>> entries;
    private final Function<E, String> text;
    private final Writer<E> writer;
    private final List<E> batch = new ArrayList<>(BATCH);
    private int batches;
    private long count;
    private @Nullable Integer dimensions;

    EntryEmbedder(
        IndexVersion index,
        JobContext job,
        Function<Item, List<E>> entries,
        Function<E, String> text,
        Writer<E> writer) {
      this.index = index;
      this.job = job;
      this.entries = entries;
      this.text = text;
      this.writer = writer;
    }

    AddedEntries addAll(ItemFile.Reader items, long rows) throws IOException {
      long read = 0;
      for (Item item = items.next();
          item != null && !job.isCancellationRequested();
          item = items.next()) {
        for (E entry : entries.apply(item)) {
          add(entry);
        }
        read++;
        if (read % BATCH == 0) {
          job.reportProgress(
              Math.min(0.99, read / (double) Math.max(1, rows)),
              read + " of " + rows + " items embedded");
        }
      }
      if (!batch.isEmpty() && !job.isCancellationRequested()) {
        writeBatch();
      }
      return new AddedEntries(count, dimensions);
    }

    private void add(E entry) throws IOException {
      batch.add(entry);
      if (batch.size() == BATCH) {
        writeBatch();
      }
    }

    private void writeBatch() throws IOException {
      List<float[]> vectors =
          batchEncoder.embed(index, job, batches++, batch.stream().map(text).toList());
      dimensions = vectors.getFirst().length;
      for (int i = 0; i < batch.size(); i++) {
        writer.add(batch.get(i), vectors.get(i));
      }
      count += batch.size();
      batch.clear();
    }
  }

  private Digest storePacked(Path index) throws IOException {
    Path zip = Files.createTempFile("index", ".zip");
    try {
      try (OutputStream target = Files.newOutputStream(zip)) {
        LuceneFiles.pack(index, target);
      }
      try (InputStream content = Files.newInputStream(zip)) {
        return blobs.put(content);
      }
    } finally {
      Files.deleteIfExists(zip);
    }
  }
}
