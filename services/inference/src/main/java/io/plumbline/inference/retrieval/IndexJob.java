package io.plumbline.inference.retrieval;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.local.Encoders;
import io.plumbline.inference.projection.SplitProjection;
import io.plumbline.inference.retrieval.chunk.Chunker;
import io.plumbline.inference.retrieval.chunk.Chunking;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.Urgency;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.platform.job.LeaseLost;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Embeds the items of a subset, documents by their chunks, and stores the index as one blob. It can
 * be repeated after a crash: only the last step is visible.
 */
@Component
class IndexJob implements JobHandler {

  private static final int BATCH = 64;

  private final IndexCatalog indexes;
  private final SplitProjection splits;
  private final BlobStore blobs;
  private final Encoders encoders;
  private final TransactionTemplate transaction;

  IndexJob(
      IndexCatalog indexes,
      SplitProjection splits,
      BlobStore blobs,
      Encoders encoders,
      PlatformTransactionManager transactions) {
    this.indexes = indexes;
    this.splits = splits;
    this.blobs = blobs;
    this.encoders = encoders;
    this.transaction = new TransactionTemplate(transactions);
  }

  @Override
  public String kind() {
    return IndexCatalog.JOB;
  }

  @Override
  public void run(JobContext job) throws IOException {
    UUID id = job.payload(IndexCatalog.BuildIndex.class).indexId();
    Optional<IndexVersion> index = indexes.take(id, job.fence());
    if (index.isEmpty()) {
      return;
    }
    try {
      build(index.get(), job);
    } catch (LeaseLost elsewhere) {
      throw elsewhere;
    } catch (IOException | RuntimeException | Error unexpected) {
      // An interrupted job is returned to the queue and runs again; any other failure ends it.
      if (!Thread.currentThread().isInterrupted()) {
        indexes.failed(id, job.fence(), "The index could not be built: " + unexpected.getMessage());
      }
      throw unexpected;
    }
  }

  @Override
  public void givenUp(JobContext job, String reason) {
    indexes.failed(job.payload(IndexCatalog.BuildIndex.class).indexId(), job.fence(), reason);
  }

  private void build(IndexVersion index, JobContext job) throws IOException {
    Subset subset =
        Objects.requireNonNull(
            transaction.execute(status ->
                splits
                    .split(index.split())
                    .map(split -> split.subsets().get(index.subset()))
                    .orElseThrow()));
    IndexRecipe recipe =
        IndexRecipe.of(index, subset.digest(), encoders.open(index.encoder()).digest());
    Optional<IndexVersion> same = indexes.find(recipe.digest());
    if (same.isPresent()) {
      indexes.built(
          index,
          job.fence(),
          recipe,
          Objects.requireNonNull(same.get().blob()),
          Objects.requireNonNull(same.get().passages()));
      return;
    }
    Path work = Files.createTempDirectory("index");
    try {
      long passages = build(index, subset, work, job);
      if (job.cancelled()) {
        return;
      }
      indexes.built(index, job.fence(), recipe, store(work), passages);
    } finally {
      remove(work);
    }
  }

  private long build(IndexVersion index, Subset subset, Path target, JobContext job)
      throws IOException {
    try (LuceneFiles.Builder builder = new LuceneFiles.Builder(target);
        ItemFile.Reader items = new ItemFile.Reader(blobs.open(subset.digest()))) {
      Chunking chunking = index.chunking();
      long count =
          chunking == null
              ? addAll(
                  items,
                  item -> List.of(LabelledText.of(item)),
                  new Adding<>(index, LabelledText::text, builder::add),
                  subset,
                  job)
              : addAll(
                  items,
                  chunked(index, chunking),
                  new Adding<>(index, PassageEntry::embedded, builder::add),
                  subset,
                  job);
      builder.finish();
      return count;
    }
  }

  private Function<Item, List<PassageEntry>> chunked(IndexVersion index, Chunking chunking) {
    Chunker chunker = new Chunker(chunking, encoders.open(index.encoder())::countTokens);
    return item -> PassageEntry.of(item, chunker);
  }

  private static <E> long addAll(
      ItemFile.Reader items,
      Function<Item, List<E>> entries,
      Adding<E> adding,
      Subset subset,
      JobContext job)
      throws IOException {
    long read = 0;
    for (Item item = items.next(); item != null && !job.cancelled(); item = items.next()) {
      for (E entry : entries.apply(item)) {
        adding.add(entry);
      }
      read++;
      if (read % BATCH == 0) {
        job.progress(
            Math.min(0.99, read / (double) Math.max(1, subset.rows())),
            read + " of " + subset.rows() + " items embedded");
      }
    }
    return adding.finish();
  }

  /** Writes what an index has of an item. */
  @FunctionalInterface
  private interface Writer<E> {
    void add(E entry, float[] vector) throws IOException;
  }

  /** Embeds entries in batches, and writes them in their order. */
  private final class Adding<E> {

    private final IndexVersion index;
    private final Function<E, String> text;
    private final Writer<E> writer;
    private final List<E> batch = new ArrayList<>(BATCH);
    private long count;

    Adding(IndexVersion index, Function<E, String> text, Writer<E> writer) {
      this.index = index;
      this.text = text;
      this.writer = writer;
    }

    void add(E entry) throws IOException {
      batch.add(entry);
      if (batch.size() == BATCH) {
        write();
      }
    }

    long finish() throws IOException {
      write();
      return count;
    }

    private void write() throws IOException {
      List<Embedding> embedded =
          encoders.embed(
              index.encoder(), batch.stream().map(text).toList(), index.maxTokens(), Urgency.BULK);
      for (int i = 0; i < batch.size(); i++) {
        writer.add(batch.get(i), embedded.get(i).vector());
      }
      count += batch.size();
      batch.clear();
    }
  }

  private Digest store(Path index) throws IOException {
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

  static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
