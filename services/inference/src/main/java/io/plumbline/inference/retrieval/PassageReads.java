package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.retrieval.PassageIndex.Found;
import io.plumbline.inference.retrieval.PassageIndex.Listed;
import io.plumbline.inference.retrieval.PassageIndex.Listing;
import io.plumbline.inference.retrieval.PassageIndex.Selection;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows passages of an index, and records who read them. */
@Component
class PassageReads {

  private final IndexCatalog catalog;
  private final IndexSearchService indexes;
  private final Outbox outbox;
  private final TransactionTemplate transaction;

  PassageReads(
      IndexCatalog catalog,
      IndexSearchService indexes,
      Outbox outbox,
      PlatformTransactionManager transactions) {
    this.catalog = catalog;
    this.indexes = indexes;
    this.outbox = outbox;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Searches an index, and records the read. Nothing is shown unless the read is recorded.
   *
   * @throws Problem when the index has no passages, or none yet
   */
  List<Found> searchAndRecord(UUID id, String query, int count) {
    ReadableIndex index = requireReadable(id);
    // The search runs before the transaction, because it may take longer than a connection should
    // be held.
    List<Found> found = findPassages(index.digest(), query, count);
    recordRead(index, found.size());
    return found;
  }

  /**
   * Lists passages without a search, and records the read.
   *
   * @throws Problem when the index has no passages, or none yet
   */
  Page<Passage> listAndRecord(UUID id, Selection selection, PageRequest page) {
    int from = page.after(PassageReads::nextPlace, 0);
    ReadableIndex index = requireReadable(id);
    Listing listing = indexes.listPassages(index.digest(), selection, from, page.fetchSize());
    Page<Listed> listed =
        Page.of(
            listing.passages(),
            page,
            last -> List.of(Integer.toString(last.place())),
            listing.total());
    recordRead(index, listed.items().size());
    return listed.map(Listed::passage);
  }

  private static Integer nextPlace(String place) {
    int next = Integer.parseInt(place) + 1;
    if (next <= 0) {
      throw new IllegalArgumentException("no place of a passage");
    }
    return next;
  }

  private record ReadableIndex(UUID id, String name, Digest digest) {}

  private ReadableIndex requireReadable(UUID id) {
    IndexVersion index = catalog.get(id).orElseThrow(Problem::notFound);
    Digest digest = index.digest();
    if (index.mode() != IndexMode.PASSAGES) {
      throw new Problem(
          CommonProblem.UNPROCESSABLE,
          "The index has examples and no passages. Search an index of the subset 'documents'.");
    }
    if (digest == null) {
      throw new Problem(
          CommonProblem.UNPROCESSABLE,
          "The index is not built yet, or could not be built. Search an index that is READY.");
    }
    return new ReadableIndex(id, index.name(), digest);
  }

  private void recordRead(ReadableIndex index, int passages) {
    transaction.executeWithoutResult(status -> {
      UUID read = Ids.next();
      outbox.append(
          new InferenceEvent.IndexPassagesRead(
              read, index.id(), index.name(), index.digest(), passages, Caller.current().actor()),
          "index-passage/" + read,
          1);
    });
  }

  /** Searches an index. Only the encoder of a provider can be unavailable. */
  private List<Found> findPassages(Digest digest, String query, int count) {
    try {
      return indexes.findPassages(digest, List.of(query), count).found();
    } catch (UpstreamException e) {
      Problem problem =
          new Problem(InferenceProblem.ENCODER_UNAVAILABLE, String.valueOf(e.getMessage()));
      Duration after = e.retryAfter();
      if (after == null) {
        throw problem;
      }
      throw problem.retryAfter(after);
    }
  }
}
