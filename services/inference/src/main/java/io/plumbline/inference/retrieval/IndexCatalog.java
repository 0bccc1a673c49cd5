package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.contracts.Money;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.SqlCondition;
import io.plumbline.inference.cache.WorkspaceCache;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.inference.projection.Split;
import io.plumbline.inference.projection.SplitProjection;
import io.plumbline.inference.retrieval.chunk.Chunking;
import io.plumbline.inference.retrieval.encoder.IndexEncoder;
import io.plumbline.inference.retrieval.encoder.IndexEncoders;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.job.LeaseLost;
import io.plumbline.platform.lifecycle.CpuModel;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The indexes, and the gate before one is built. Only training rows or documents may be indexed,
 * and only those of a dataset that is admitted to the purpose INDEX.
 */
@Component
public class IndexCatalog {

  static final String JOB = "index";
  static final String PURPOSE = "INDEX";
  private static final String COLUMNS =
      "index_id, name, split_digest, subset, encoder, max_tokens, overlap_tokens, job_id,"
          + " index_digest, blob_digest, passages, failure, created_by, created_at,"
          + " method_digest, connection_digest, dimensions, tokens, cost, currency, cancelled,"
          + " encoder_digest";

  /** The payload of the job. */
  record BuildIndex(UUID indexId) {}

  private final JdbcClient sql;
  private final SplitProjection splits;
  private final IndexEncoders encoders;
  private final IndexBatches batches;
  private final JobQueue jobs;
  private final Outbox outbox;
  private final WorkspaceCaches caches;
  private final Clock clock;
  private final WorkspaceCache<Map<Digest, IndexVersion>> built;

  IndexCatalog(
      JdbcClient sql,
      SplitProjection splits,
      IndexEncoders encoders,
      IndexBatches batches,
      JobQueue jobs,
      Outbox outbox,
      WorkspaceCaches caches,
      Clock clock) {
    this.sql = sql;
    this.splits = splits;
    this.encoders = encoders;
    this.batches = batches;
    this.jobs = jobs;
    this.outbox = outbox;
    this.caches = caches;
    this.clock = clock;
    this.built = caches.create("indexes", Set.of("index_version"), this::allBuilt);
  }

  /**
   * Requests an index, which a job builds.
   *
   * @param encoder its name; the name of a provider's model is resolved to the current version of
   *     the connection
   * @param chunking how documents are divided; absent where items stay whole
   */
  @Transactional
  public IndexVersion request(
      String name,
      Digest splitDigest,
      String subset,
      String encoder,
      int maxTokens,
      @Nullable Chunking chunking) {
    Split split =
        splits.findSplit(splitDigest).orElseThrow(() -> Problem.notYetKnown("/splitDigest"));
    if (IndexMode.of(subset).isEmpty()) {
      throw new Problem(
              InferenceProblem.EVALUATION_SUBSET,
              ("An index of the subset '%s' would give the evaluation its own answers: index the"
                      + " subset 'train', or 'documents' of a dataset of documents.")
                  .formatted(subset))
          .withFieldError("/subset", "must be train or documents");
    }
    if (!split.subsets().containsKey(subset)) {
      throw Problem.invalid(
          "/subset",
          "must be a subset of the split: " + String.join(", ", split.subsets().keySet()));
    }
    if (!split.purposes().contains(PURPOSE)) {
      throw new Problem(
              InferenceProblem.DATASET_NOT_ADMITTED,
              "Dataset '"
                  + split.dataset()
                  + "' is not admitted to the purpose INDEX. Request its admission in"
                  + " dataset-registry, then try again.")
          .missing(missingAdmissionReasons(split));
    }
    IndexEncoder resolved = encoders.resolve(encoder);
    UUID id = Ids.next();
    UUID job = jobs.enqueue(JOB, new BuildIndex(id), 0);
    Caller caller = Caller.current();
    sql.sql(
            """
            INSERT INTO index_version
              (workspace_id, index_id, name, split_digest, subset, encoder, encoder_digest, connection_digest,
               max_tokens, overlap_tokens, job_id, created_by, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(caller.workspace())
        .param(id)
        .param(name)
        .param(splitDigest.hex())
        .param(subset)
        .param(resolved.key())
        .param(hexOrNull(resolved.digest()))
        .param(hexOrNull(resolved.connection()))
        .param(maxTokens)
        .param(chunking == null ? null : chunking.overlapTokens())
        .param(job)
        .param(caller.actor())
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    outbox.append(
        new InferenceEvent.IndexRequested(
            id, name, splitDigest, subset, resolved.key(), maxTokens, job),
        id.toString(),
        1);
    return get(id).orElseThrow();
  }

  private static List<String> missingAdmissionReasons(Split split) {
    if (split.reasons().isEmpty()) {
      return List.of("admission of the dataset version to INDEX");
    }
    return split.reasons();
  }

  private static @Nullable String hexOrNull(@Nullable Digest digest) {
    return digest == null ? null : digest.hex();
  }

  /**
   * Lets the holder of a lease build an index. From then on holders of older leases change nothing.
   *
   * @return the index; empty when the index is built or has failed, or a newer lease was given out
   */
  @Transactional
  Optional<IndexVersion> claimForBuild(UUID id, long fence) {
    int taken =
        sql.sql(
                "UPDATE index_version SET fence = ? WHERE workspace_id = ? AND index_id = ? AND"
                    + " fence <= ? AND index_digest IS NULL AND failure IS NULL")
            .params(fence, Caller.current().workspace(), id, fence)
            .update();
    if (taken == 0) {
      return Optional.empty();
    }
    return get(id);
  }

  /**
   * The stored form of a built index.
   *
   * @param dimensions the number of dimensions of its vectors; absent when it has none
   */
  record Files(Digest blob, long passages, @Nullable Integer dimensions) {}

  /**
   * Marks an index as built, and publishes it.
   *
   * @throws LeaseLost when a newer lease was given out since {@link #claimForBuild}
   */
  @Transactional
  void markBuilt(IndexVersion index, long fence, IndexRecipe recipe, Files files) {
    int built =
        sql.sql(
                "UPDATE index_version SET index_digest = ?, method_digest = ?, blob_digest = ?,"
                    + " passages = ?, dimensions = ? WHERE workspace_id = ? AND index_id = ? AND"
                    + " fence = ? AND index_digest IS NULL AND failure IS NULL")
            .param(recipe.digest().hex())
            .param(recipe.methodDigest().hex())
            .param(files.blob.hex())
            .param(files.passages)
            .param(files.dimensions)
            .param(Caller.current().workspace())
            .param(index.id())
            .param(fence)
            .update();
    if (built == 0) {
      throw new LeaseLost(index.job());
    }
    batches.removeBatches(index.id());
    Map<String, String> described = recipe.describe();
    described.put("author", index.createdBy());
    described.put("mode", index.mode().name());
    described.put("processor", CpuModel.name());
    outbox.append(
        new InferenceEvent.IndexBuilt(
            index.name(), recipe.digest(), null, index.split(), described, files.passages),
        index.id().toString(),
        2);
    caches.invalidateAfterCommit("index_version");
  }

  /**
   * Ends an index that cannot be built, and publishes the reason. A holder of an older lease ends
   * nothing.
   */
  @Transactional
  void markFailed(UUID id, long fence, String reason) {
    endBuild(id, fence, reason, false);
  }

  private void endBuild(UUID id, long fence, String reason, boolean cancelled) {
    int ended =
        sql.sql(
                "UPDATE index_version SET failure = ?, cancelled = ? WHERE workspace_id = ? AND"
                    + " index_id = ? AND fence <= ? AND index_digest IS NULL AND failure IS NULL")
            .params(reason, cancelled, Caller.current().workspace(), id, fence)
            .update();
    if (ended == 1) {
      batches.removeBatches(id);
      IndexVersion index = get(id).orElseThrow();
      outbox.append(
          new InferenceEvent.IndexFailed(id, index.name(), index.split(), reason),
          id.toString(),
          2);
    }
  }

  /**
   * Cancels an index that is not built yet. The batches that were paid for are not kept.
   *
   * @throws Problem when the index is built already, has failed, or was cancelled
   */
  @Transactional
  public IndexVersion cancel(UUID id) {
    IndexVersion index = get(id).orElseThrow(Problem::notFound);
    if (index.digest() != null || index.failure() != null) {
      throw new Problem(
          CommonProblem.CONFLICT,
          "Only an index that is being built can be cancelled. This one is built already, has"
              + " failed, or was cancelled before.");
    }
    endBuild(id, Long.MAX_VALUE, "Cancelled on request", true);
    jobs.cancel(index.job());
    return get(id).orElseThrow();
  }

  @Transactional(readOnly = true)
  public Optional<IndexVersion> get(UUID id) {
    return sql.sql(
            "SELECT " + COLUMNS + " FROM index_version WHERE workspace_id = ? AND index_id = ?")
        .params(Caller.current().workspace(), id)
        .query((row, number) -> readIndex(row))
        .optional();
  }

  /**
   * Returns a page of the indexes, newest first.
   *
   * @param connection the connection by which their encoders are called; absent for all
   */
  @Transactional(readOnly = true)
  public Page<IndexVersion> list(@Nullable Digest connection, PageRequest page) {
    SqlCondition sqlCondition =
        SqlCondition.inWorkspace(Caller.current().workspace())
            .and("connection_digest = ?", hexOrNull(connection));
    List<IndexVersion> rows =
        sql.sql(
                "SELECT "
                    + COLUMNS
                    + " FROM index_version WHERE "
                    + sqlCondition.sql()
                    + " AND index_id < ? ORDER BY index_id DESC LIMIT ?")
            .params(sqlCondition.parameters())
            .param(page.afterId())
            .param(page.fetchSize())
            .query((row, number) -> readIndex(row))
            .list();
    long count =
        Page.countRows(
            sql,
            "index_version WHERE " + sqlCondition.sql(),
            sqlCondition.parameters().toArray(Object[]::new));
    return Page.of(rows, page, row -> List.of(row.id().toString()), count);
  }

  /**
   * A built index as a part of a variant.
   *
   * @param authors the actor who requested the index, and the authors of its rows
   * @param split the split whose rows were indexed
   * @param method the digest of how rows are indexed, whatever the rows
   * @param connection the connection by which its encoder is called; absent for an encoder of this
   *     installation
   */
  public record Built(
      List<String> authors,
      IndexMode mode,
      Digest split,
      Digest method,
      @Nullable Digest connection) {}

  /** Returns the built index with a digest; empty when none is built here. */
  public Optional<Built> findBuilt(Digest digest) {
    return sql.sql(
            "SELECT "
                + COLUMNS
                + " FROM index_version WHERE workspace_id = ? AND index_digest = ? ORDER BY"
                + " index_id LIMIT 1")
        .params(Caller.current().workspace(), digest.hex())
        .query((row, number) -> readIndex(row))
        .optional()
        .map(index ->
            new Built(
                authorsOf(index),
                index.mode(),
                index.split(),
                Objects.requireNonNull(index.method()),
                index.encoder().connection()));
  }

  private List<String> authorsOf(IndexVersion index) {
    return Stream.concat(Stream.of(index.createdBy()), splits.authors(index.split()).stream())
        .distinct()
        .toList();
  }

  /**
   * Returns the connection by which an index's encoder is called, from the cache, which is loaded
   * again, at intervals, when it lacks the index.
   *
   * @return empty for an encoder of this installation, and for an index that is not built here
   */
  public Optional<Digest> encoderConnection(Digest digest) {
    return find(digest).map(index -> index.encoder().connection());
  }

  Optional<IndexVersion> find(Digest digest) {
    return built.find(Caller.current().workspace(), indexes -> indexes.get(digest));
  }

  private Map<Digest, IndexVersion> allBuilt() {
    Map<Digest, IndexVersion> indexes = new HashMap<>();
    sql.sql(
            "SELECT "
                + COLUMNS
                + " FROM index_version WHERE workspace_id = ? AND index_digest IS NOT NULL ORDER BY"
                + " index_id")
        .params(Caller.current().workspace())
        .query((row, number) -> readIndex(row))
        .list()
        .forEach(index -> {
          Digest digest = index.digest();
          if (digest != null) {
            // Every replica must serve the same one of several builds: the first.
            indexes.putIfAbsent(digest, index);
          }
        });
    return indexes;
  }

  private static IndexVersion readIndex(ResultSet row) throws SQLException {
    int maxTokens = row.getInt("max_tokens");
    @Nullable Integer overlapTokens = row.getObject("overlap_tokens", Integer.class);
    @Nullable Long passages = row.getObject("passages", Long.class);
    @Nullable Integer dimensions = row.getObject("dimensions", Integer.class);
    @Nullable BigDecimal cost = row.getBigDecimal("cost");
    return new IndexVersion(
        row.getObject("index_id", UUID.class),
        row.getString("name"),
        new Digest(row.getString("split_digest")),
        row.getString("subset"),
        IndexEncoder.of(
            row.getString("encoder"),
            Columns.digestOrNull(row, "encoder_digest"),
            Columns.digestOrNull(row, "connection_digest")),
        maxTokens,
        overlapTokens == null ? null : new Chunking(maxTokens, overlapTokens),
        row.getObject("job_id", UUID.class),
        Columns.digestOrNull(row, "index_digest"),
        Columns.digestOrNull(row, "blob_digest"),
        passages,
        row.getString("failure"),
        row.getBoolean("cancelled"),
        row.getString("created_by"),
        Columns.instant(row, "created_at"),
        Columns.digestOrNull(row, "method_digest"),
        dimensions,
        row.getLong("tokens"),
        cost == null ? null : new Money(cost, row.getString("currency")));
  }
}
