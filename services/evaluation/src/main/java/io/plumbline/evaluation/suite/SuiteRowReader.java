package io.plumbline.evaluation.suite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.plumbline.contracts.Digest;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads the rows of a suite's items from the file of the suite's subset. The file is scanned once
 * per suite; the offsets of the items are cached for the suites that were read last.
 */
@Component
public class SuiteRowReader {

  /** The number of suites whose offsets are cached; the largest takes some 2 MB. */
  private static final int SUITES = 16;

  private final Suites suites;
  private final BlobStore blobs;

  /** The offsets of the items in the subset's file, by suite and item. */
  private final Cache<Digest, Map<String, Long>> offsetsBySuite =
      Caffeine.newBuilder().maximumSize(SUITES).build();

  SuiteRowReader(Suites suites, BlobStore blobs) {
    this.suites = suites;
    this.blobs = blobs;
  }

  /**
   * Returns the rows of these items, by their ids. When several callers request a suite at once,
   * one of them reads the file and the others wait, so none of them may hold a connection.
   */
  @Transactional(propagation = Propagation.NEVER)
  public Map<String, Item> find(Suite suite, Collection<String> itemIds) {
    Map<String, Long> offsets = offsetsBySuite.get(suite.digest(), digest -> offsets(suite));
    Map<String, Item> found = new HashMap<>();
    try (ItemFile.RandomAccessReader items =
        new ItemFile.RandomAccessReader(blobs.path(suite.definition().subsetDigest()))) {
      for (String itemId : Set.copyOf(itemIds)) {
        Long offset = offsets.get(itemId);
        if (offset != null) {
          found.put(itemId, items.read(offset));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /**
   * Returns where each item of a suite begins in its file, in bytes. Of several items with one id
   * the first counts, as in runs.
   */
  private Map<String, Long> offsets(Suite suite) {
    Set<String> wanted =
        suites.items(suite.digest()).stream().map(SuiteItem::itemId).collect(Collectors.toSet());
    Map<String, Long> offsets = new HashMap<>();
    try (ItemFile.Reader items =
        new ItemFile.Reader(blobs.open(suite.definition().subsetDigest()))) {
      while (offsets.size() < wanted.size()) {
        long offset = items.offset();
        Item item = items.next();
        if (item == null) {
          break;
        }
        if (wanted.contains(item.itemId())) {
          offsets.putIfAbsent(item.itemId(), offset);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(offsets);
  }
}
