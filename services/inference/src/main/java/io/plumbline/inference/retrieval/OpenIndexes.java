package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.local.Encoders;
import io.plumbline.inference.retrieval.PassageIndex.Found;
import io.plumbline.inference.retrieval.PassageIndex.Listing;
import io.plumbline.inference.retrieval.PassageIndex.Selection;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Searches indexes, which are unpacked to local files and opened by the first search. */
@Component
public class OpenIndexes {

  /**
   * Those that were not searched for the longest time are closed, and opened anew when they are.
   */
  static final int MOST_OPEN = 64;

  /** With the workspace, because knowing a digest grants no access. */
  private record Key(UUID workspace, Digest blob) {}

  private final IndexCatalog catalog;
  private final BlobStore blobs;
  private final Encoders encoders;
  private final SentenceRanking ranking;
  private final Path directory;
  private final RecentlyUsed<Key, OpenIndex> open;

  @Autowired
  OpenIndexes(
      IndexCatalog catalog,
      BlobStore blobs,
      Encoders encoders,
      SentenceRanking ranking,
      IndexSettings settings) {
    this(catalog, blobs, encoders, ranking, settings, MOST_OPEN);
  }

  OpenIndexes(
      IndexCatalog catalog,
      BlobStore blobs,
      Encoders encoders,
      SentenceRanking ranking,
      IndexSettings settings,
      int mostOpen) {
    this.catalog = catalog;
    this.blobs = blobs;
    this.encoders = encoders;
    this.ranking = ranking;
    this.directory = settings.directory();
    this.open = new RecentlyUsed<>(mostOpen, this::open);
  }

  /**
   * @throws Problem when no such index is built here
   */
  public IndexMode mode(Digest digest) {
    return index(digest).mode();
  }

  /**
   * The rows nearest to the input, lexically and semantically, best first; never the input itself.
   */
  public List<LabelledText> examples(Digest digest, String input, int count) {
    IndexVersion index = index(digest);
    float[] vector = encoders.embed(index.encoder(), input, index.maxTokens()).vector();
    return search(index, digest, each -> each.examples(input, vector, count));
  }

  /**
   * The passages that say most of what was asked, best first.
   *
   * @param messages of the user, newest last
   * @param reranking absent for the order in which they are found
   */
  public List<Passage> passages(
      Digest digest, List<String> messages, int count, @Nullable Reranking reranking) {
    IndexVersion index = index(digest);
    String query = query(index, messages);
    List<Passage> found =
        found(index, digest, query, reranking == null ? count : SentenceRanking.CANDIDATES).stream()
            .map(Found::passage)
            .toList();
    return switch (reranking) {
      case null -> found;
      case SENTENCES -> ranking.best(index.encoder(), query, found, count);
    };
  }

  List<Found> found(Digest digest, List<String> messages, int count) {
    IndexVersion index = index(digest);
    return found(index, digest, query(index, messages), count);
  }

  /** The selected passages in the order of the documents. */
  Listing list(Digest digest, Selection selection, int from, int count) {
    return search(index(digest), digest, each -> each.list(selection, from, count));
  }

  private String query(IndexVersion index, List<String> messages) {
    return RetrievalQuery.joined(
        messages, encoders.open(index.encoder())::countTokens, EncoderModel.MAX_TOKENS);
  }

  private List<Found> found(IndexVersion index, Digest digest, String query, int count) {
    if (query.isBlank()) {
      return List.of();
    }
    float[] vector = encoders.embed(index.encoder(), query, EncoderModel.MAX_TOKENS).vector();
    return search(index, digest, each -> each.search(query, vector, count));
  }

  private IndexVersion index(Digest digest) {
    return catalog.find(digest).orElseThrow(() -> Problem.notYetKnown("/indexDigest"));
  }

  private <T> T search(IndexVersion index, Digest digest, RecentlyUsed.Use<OpenIndex, T> search) {
    try {
      return open.use(
          new Key(Caller.current().workspace(), Objects.requireNonNull(index.blob())), search);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The index " + digest.abbreviated() + " cannot be searched", e);
    }
  }

  private OpenIndex open(Key key) throws IOException {
    Path target = directory.resolve(key.workspace().toString()).resolve(key.blob().hex());
    if (!Files.isDirectory(target)) {
      Files.createDirectories(target.getParent());
      Path incoming = Files.createTempDirectory(target.getParent(), "incoming");
      try (InputStream blob = blobs.open(key.blob())) {
        LuceneFiles.unpack(blob, incoming);
      }
      // Atomically: a process that is killed while unpacking leaves no partial index under the
      // digest.
      try {
        Files.move(incoming, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileSystemException e) {
        // Another replica of this machine may have been quicker.
        if (!Files.isDirectory(target)) {
          throw e;
        }
        IndexJob.remove(incoming);
      }
    }
    return new OpenIndex(target);
  }

  @PreDestroy
  void close() throws IOException {
    open.close();
  }
}
