package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.blob.UnknownBlob;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Reads the items of a split's subset, in file order, from the blob store. */
@Component
public class SubsetItems {

  private final BlobStore blobs;

  SubsetItems(BlobStore blobs) {
    this.blobs = blobs;
  }

  /** A consumer that receives items one after the other. */
  @FunctionalInterface
  public interface Reader {

    /**
     * Receives an item.
     *
     * @return whether it wants another one
     */
    boolean read(Item item) throws InterruptedException;
  }

  /** Passes on each item. Of items with equal ids, which have equal input, it passes the first. */
  public void forEach(Digest subset, Consumer<Item> consumer) {
    try {
      readWhile(
          subset,
          item -> {
            consumer.accept(item);
            return true;
          });
    } catch (InterruptedException e) {
      throw new AssertionError("a consumer does not wait", e);
    }
  }

  /** Returns one item. It reads the file up to that item. */
  public Optional<Item> find(Digest subset, String itemId) {
    AtomicReference<Item> found = new AtomicReference<>();
    try {
      readWhile(
          subset,
          item -> {
            found.set(item);
            return !item.itemId().equals(itemId);
          });
    } catch (InterruptedException e) {
      throw new AssertionError("a look-up does not wait", e);
    }
    return Optional.ofNullable(found.get()).filter(item -> item.itemId().equals(itemId));
  }

  /**
   * Passes on items as {@link #forEach} does, until the reader wants no more. It keeps no item in
   * memory. The file is verified before the first item is passed on, because calls of a model may
   * follow from each.
   */
  public void readWhile(Digest subset, Reader reader) throws InterruptedException {
    ItemIdSet seen = new ItemIdSet();
    try {
      blobs.requireUnchanged(subset);
    } catch (UnknownBlob e) {
      throw Problem.notYetKnown("/splitDigest");
    }
    try (ItemFile.Reader items = new ItemFile.Reader(blobs.open(subset))) {
      for (Item item = items.next(); item != null; item = items.next()) {
        if (seen.add(item.itemId()) && !reader.read(item)) {
          return;
        }
      }
    } catch (UnknownBlob e) {
      throw Problem.notYetKnown("/splitDigest");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
