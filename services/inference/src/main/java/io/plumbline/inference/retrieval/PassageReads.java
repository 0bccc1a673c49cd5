package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.retrieval.PassageIndex.Found;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows what a search in an index finds, and records who looked. */
@Component
class PassageReads {

  private final IndexCatalog catalog;
  private final OpenIndexes indexes;
  private final Outbox outbox;
  private final TransactionTemplate transaction;

  PassageReads(
      IndexCatalog catalog,
      OpenIndexes indexes,
      Outbox outbox,
      PlatformTransactionManager transactions) {
    this.catalog = catalog;
    this.indexes = indexes;
    this.outbox = outbox;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Nothing is shown whose reading is not recorded.
   *
   * @throws Problem when the index has no passages, or none yet
   */
  List<Found> read(UUID id, String query, int count) {
    IndexVersion index = catalog.get(id).orElseThrow(Problem::notFound);
    Digest digest = index.digest();
    if (index.mode() != IndexMode.PASSAGES) {
      throw new Problem(
          CommonProblem.UNPROCESSABLE,
          "The index has examples and no passages. Search one of the subset 'documents'.");
    }
    if (digest == null) {
      throw new Problem(
          CommonProblem.UNPROCESSABLE, "The index is not built. Search it when it is READY.");
    }
    // Before the transaction: a search may take longer than a connection should be kept.
    List<Found> found = search(digest, query, count);
    transaction.executeWithoutResult(status -> {
      UUID read = Ids.next();
      outbox.append(
          new InferenceEvent.IndexPassagesRead(
              read, id, index.name(), digest, found.size(), Caller.current().actor()),
          "index-passage/" + read,
          1);
    });
    return found;
  }

  /** Only a provider's encoder can fail so. */
  private List<Found> search(Digest digest, String query, int count) {
    try {
      return indexes.found(digest, List.of(query), count).found();
    } catch (UpstreamException e) {
      Problem problem =
          new Problem(InferenceProblem.ENCODER_UNAVAILABLE, String.valueOf(e.getMessage()));
      Duration after = e.retryAfter();
      throw after == null ? problem : problem.retryAfter(after);
    }
  }
}
