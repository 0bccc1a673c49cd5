package io.plumbline.evaluation.suite;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.FairCache;
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

  /** The maximum number of items whose offsets are cached; each takes some 200 bytes. */
  private static final int MAX_ITEMS = 160_000;

  private final Suites suites;
  private final BlobStore blobs;

  /** The offsets of the items in the subset's file, by suite and item. */
  private final FairCache<Digest, Map<String, Long>> offsetsBySuite;

  SuiteRowReader(Suites suites, BlobStore blobs, MeterRegistry meters) {
    this.suites = suites;
    this.blobs = blobs;
    this.offsetsBySuite =
        new FairCache<>("suite-offsets", MAX_ITEMS, (suite, offsets) -> 1 + offsets.size(), meters);
  }

  /**
   * Returns the rows of these items, by their ids. When several callers request a suite at once,
   * one of them reads the file and the others wait, so none of them may hold a connection.
   */
  @Transactional(propagation = Propagation.NEVER)
  public Map<String, Item> find(Suite suite, Collection<String> itemIds) {
    Map<String, Long> offsets =
        offsetsBySuite.get(Caller.current().workspace(), suite.digest(), digest -> offsets(suite));
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
