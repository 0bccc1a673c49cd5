package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.blob.UnknownBlob;
import io.plumbline.platform.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads the rows of a split's subset, in file order, from the blob store. */
@Component
public class SubsetRows {

  private final BlobStore blobs;
  private final JsonMapper json;

  SubsetRows(BlobStore blobs, JsonMapper json) {
    this.blobs = blobs;
    this.json = json;
  }

  /** Takes rows one after the other. */
  @FunctionalInterface
  public interface Reader {

    /**
     * @return whether it wants another one
     */
    boolean read(Row row) throws InterruptedException;
  }

  /** Passes on each row; of rows of equal id, which have equal text, only the first. */
  public void forEach(Digest subset, Consumer<Row> consumer) {
    try {
      read(
          subset,
          row -> {
            consumer.accept(row);
            return true;
          });
    } catch (InterruptedException e) {
      throw new AssertionError("a consumer does not wait", e);
    }
  }

  /** As {@link #forEach}, until the reader wants no more; no row is kept in memory. */
  public void read(Digest subset, Reader reader) throws InterruptedException {
    Set<String> seen = new HashSet<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(blobs.open(subset), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          Row row = json.readValue(line, Row.class);
          if (seen.add(row.id()) && !reader.read(row)) {
            return;
          }
        }
      }
    } catch (UnknownBlob e) {
      throw Problem.notYetKnown("/splitDigest");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
