package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.local.Encoders;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Indexes that were searched at least once: unpacked to local files, and open until the service
 * stops.
 */
@Component
public class OpenIndexes {

  /** With the workspace, because knowing a digest grants no access. */
  private record Key(UUID workspace, Digest blob) {}

  private final IndexCatalog catalog;
  private final BlobStore blobs;
  private final Encoders encoders;
  private final Path directory;
  private final Map<Key, OpenIndex> open = new ConcurrentHashMap<>();

  OpenIndexes(IndexCatalog catalog, BlobStore blobs, Encoders encoders, IndexSettings settings) {
    this.catalog = catalog;
    this.blobs = blobs;
    this.encoders = encoders;
    this.directory = settings.directory();
  }

  /**
   * The rows nearest to the input, lexically and semantically, best first; never the input itself.
   */
  public List<Passage> search(Digest digest, String input, int count) {
    IndexVersion index =
        catalog.find(digest).orElseThrow(() -> Problem.notYetKnown("/indexDigest"));
    float[] vector = encoders.embed(index.encoder(), input, index.maxTokens()).vector();
    try {
      return open.computeIfAbsent(
              new Key(Caller.current().workspace(), Objects.requireNonNull(index.blob())),
              this::open)
          .search(input, vector, count);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The index " + digest.abbreviated() + " cannot be searched", e);
    }
  }

  private OpenIndex open(Key key) {
    Path target = directory.resolve(key.workspace().toString()).resolve(key.blob().hex());
    try {
      if (!Files.isDirectory(target)) {
        Files.createDirectories(target.getParent());
        Path incoming = Files.createTempDirectory(target.getParent(), "incoming");
        try (InputStream blob = blobs.open(key.blob())) {
          LuceneFiles.unpack(blob, incoming);
        }
        // Atomically: a process that is killed while unpacking leaves no partial index under the
        // digest.
        Files.move(incoming, target, StandardCopyOption.ATOMIC_MOVE);
      }
      return new OpenIndex(target);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The index " + key.blob().abbreviated() + " cannot be opened", e);
    }
  }

  @PreDestroy
  void close() throws IOException {
    for (OpenIndex index : open.values()) {
      index.close();
    }
  }
}
