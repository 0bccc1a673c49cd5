package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.cache.LeastRecentlyUsedPool;
import io.plumbline.inference.retrieval.PassageIndex.Found;
import io.plumbline.inference.retrieval.PassageIndex.Listing;
import io.plumbline.inference.retrieval.PassageIndex.Selection;
import io.plumbline.inference.retrieval.encoder.EmbeddingPurpose;
import io.plumbline.inference.retrieval.encoder.EmbeddingResult;
import io.plumbline.inference.retrieval.encoder.IndexEncoder;
import io.plumbline.inference.retrieval.encoder.IndexEncoders;
import io.plumbline.inference.retrieval.encoder.TokenMeasure;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Searches indexes. The first search of an index unpacks it to local files and opens it. */
@Component
public class IndexSearchService {

  /**
   * The maximum number of open indexes. Those that were not searched for the longest time are
   * closed, and opened again by their next search.
   */
  private static final int MAX_OPEN = 64;

  /** The key of an open index. It has the workspace, because knowing a digest grants no access. */
  private record Key(UUID workspace, Digest blob) {}

  private final IndexCatalog catalog;
  private final IndexEncoders encoders;
  private final SentenceRanking ranking;
  private final LeastRecentlyUsedPool<Key, OpenIndex> open;

  IndexSearchService(
      IndexCatalog catalog, IndexFolder folder, IndexEncoders encoders, SentenceRanking ranking) {
    this.catalog = catalog;
    this.encoders = encoders;
    this.ranking = ranking;
    this.open =
        new LeastRecentlyUsedPool<>(MAX_OPEN, key -> folder.open(key.workspace(), key.blob()));
  }

  /**
   * Returns the mode of an index.
   *
   * @throws Problem when no such index is built here
   */
  public IndexMode mode(Digest digest) {
    return requireIndex(digest).mode();
  }

  /**
   * The result of a search, best first.
   *
   * @param details the details of embedding the query, as a trace has them; empty where an encoder
   *     of this installation embedded it
   * @param use the usage of embedding the query; absent where an encoder of this installation
   *     embedded it
   */
  public record Search<E>(
      List<E> found, Map<String, String> details, EmbeddingResult.@Nullable Use use) {

    public Search {
      found = List.copyOf(found);
    }
  }

  /**
   * Returns the rows nearest to the input, lexically and semantically, best first; never the input
   * itself.
   */
  public Search<LabelledText> searchExamples(
      Digest digest, String input, int count, EmbeddingPurpose purpose) {
    IndexVersion index = requireIndex(digest);
    EmbeddingResult embeddingResult = embedQuery(index, input, index.maxTokens(), purpose);
    return search(
        index,
        digest,
        embeddingResult,
        (each, vector) -> each.searchExamples(input, vector, count));
  }

  /**
   * Returns the passages that answer the user's messages best, best first.
   *
   * @param messages the messages of the user, newest last
   * @param reranking how passages are reordered; absent for the order in which they are found
   */
  public Search<Passage> searchPassages(
      Digest digest,
      List<String> messages,
      int count,
      @Nullable Reranking reranking,
      EmbeddingPurpose purpose) {
    IndexVersion index = requireIndex(digest);
    String query = queryText(index, messages);
    int depth = reranking == null ? count : SentenceRanking.CANDIDATES;
    Search<Found> search = findPassages(index, digest, query, depth, purpose);
    List<Passage> found = search.found.stream().map(Found::passage).toList();
    return new Search<>(
        switch (reranking) {
          case null -> found;
          case SENTENCES ->
              ranking.bestPassages(sentenceEncoder(index.encoder()), query, found, count);
        },
        search.details,
        search.use);
  }

  /**
   * Returns the encoder that ranks sentences. It must be of this installation, because dozens of
   * sentences are embedded while a caller waits.
   */
  private static EncoderModel sentenceEncoder(IndexEncoder encoder) {
    return switch (encoder) {
      case IndexEncoder.Local(EncoderModel model) -> model;
      case IndexEncoder.OfProvider(String name, Digest _) ->
          throw new IllegalStateException(
              "A variant that ranks sentences was created over an index of the encoder " + name);
    };
  }

  Search<Found> findPassages(Digest digest, List<String> messages, int count) {
    IndexVersion index = requireIndex(digest);
    return findPassages(index, digest, queryText(index, messages), count, EmbeddingPurpose.SEARCH);
  }

  /** Returns the selected passages in the order of the documents. */
  Listing listPassages(Digest digest, Selection selection, int from, int count) {
    return useIndex(requireIndex(digest), digest, each -> each.list(selection, from, count));
  }

  private String queryText(IndexVersion index, List<String> messages) {
    TokenMeasure measure = encoders.tokenMeasure(index.encoder());
    return RetrievalQuerySource.joinMessages(
        messages, measure.tokens(), measure.usableTokens(EncoderModel.MAX_TOKENS));
  }

  private Search<Found> findPassages(
      IndexVersion index, Digest digest, String query, int count, EmbeddingPurpose purpose) {
    if (query.isBlank()) {
      return new Search<>(List.of(), Map.of(), null);
    }
    EmbeddingResult embeddingResult = embedQuery(index, query, EncoderModel.MAX_TOKENS, purpose);
    return search(
        index, digest, embeddingResult, (each, vector) -> each.search(query, vector, count));
  }

  private EmbeddingResult embedQuery(
      IndexVersion index, String text, int maxTokens, EmbeddingPurpose purpose) {
    EmbeddingResult embeddingResult =
        encoders.embed(index.encoder(), List.of(text), maxTokens, purpose);
    embeddingResult.requireDimensions(index.dimensions(), index.encoder());
    return embeddingResult;
  }

  private IndexVersion requireIndex(Digest digest) {
    return catalog.find(digest).orElseThrow(() -> Problem.notYetKnown("/indexDigest"));
  }

  /** Searches an index by a vector. */
  @FunctionalInterface
  private interface IndexSearch<E> {
    List<E> in(OpenIndex index, float[] vector) throws IOException;
  }

  private <E> Search<E> search(
      IndexVersion index,
      Digest digest,
      EmbeddingResult embeddingResult,
      IndexSearch<E> indexSearch) {
    return new Search<>(
        useIndex(index, digest, each -> indexSearch.in(each, embeddingResult.vectors().getFirst())),
        embeddingResult.traceDetails(index.encoder()),
        embeddingResult.use());
  }

  private <T> T useIndex(
      IndexVersion index, Digest digest, LeastRecentlyUsedPool.Use<OpenIndex, T> use) {
    try {
      return open.use(
          new Key(Caller.current().workspace(), Objects.requireNonNull(index.blob())), use);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The index " + digest.abbreviated() + " cannot be searched", e);
    }
  }

  @PreDestroy
  void close() throws IOException {
    open.close();
  }
}
