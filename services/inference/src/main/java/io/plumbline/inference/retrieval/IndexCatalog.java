package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.cache.WorkspaceCache;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.inference.projection.Split;
import io.plumbline.inference.projection.SplitProjection;
import io.plumbline.inference.retrieval.chunk.Chunking;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.job.LeaseLost;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The indexes, and the gate before one is built: only training rows or documents, of a dataset that
 * is admitted to the purpose INDEX.
 */
@Component
public class IndexCatalog {

  static final String JOB = "index";
  private static final String COLUMNS =
      "index_id, name, split_digest, subset, encoder, max_tokens, overlap_tokens, job_id,"
          + " index_digest, blob_digest, passages, failure, created_by, created_at,"
          + " method_digest";

  /** The payload of the job. */
  record BuildIndex(UUID indexId) {}

  private final JdbcClient sql;
  private final SplitProjection splits;
  private final JobQueue jobs;
  private final Outbox outbox;
  private final WorkspaceCaches caches;
  private final Clock clock;
  private final WorkspaceCache<Map<Digest, IndexVersion>> built;

  IndexCatalog(
      JdbcClient sql,
      SplitProjection splits,
      JobQueue jobs,
      Outbox outbox,
      WorkspaceCaches caches,
      Clock clock) {
    this.sql = sql;
    this.splits = splits;
    this.jobs = jobs;
    this.outbox = outbox;
    this.caches = caches;
    this.clock = clock;
    this.built = caches.create("indexes", this::allBuilt);
  }

  /**
   * @param chunking how documents are divided; absent where items stay whole
   */
  @Transactional
  public IndexVersion request(
      String name,
      Digest splitDigest,
      String subset,
      EncoderModel encoder,
      int maxTokens,
      @Nullable Chunking chunking) {
    Split split = splits.split(splitDigest).orElseThrow(() -> Problem.notYetKnown("/splitDigest"));
    if (IndexMode.of(subset).isEmpty()) {
      throw new Problem(
              InferenceProblem.EVALUATION_SUBSET,
              ("An index of the subset '%s' would give the evaluation its own answers: index the"
                      + " subset 'train', or 'documents' of a dataset of documents.")
                  .formatted(subset))
          .at("/subset", "must be train or documents");
    }
    if (!split.subsets().containsKey(subset)) {
      throw Problem.invalid(
          "/subset",
          "must be a subset of the split: " + String.join(", ", split.subsets().keySet()));
    }
    if (!split.purposes().contains("INDEX")) {
      throw new Problem(
              InferenceProblem.DATASET_NOT_ADMITTED,
              "Dataset '"
                  + split.dataset()
                  + "' is not admitted to the purpose INDEX. Request its admission in"
                  + " dataset-registry, then try again.")
          .missing(
              split.reasons().isEmpty()
                  ? List.of("admission of the dataset version to INDEX")
                  : split.reasons());
    }
    UUID id = Ids.next();
    UUID job = jobs.enqueue(JOB, new BuildIndex(id), 0);
    Caller caller = Caller.current();
    sql.sql(
            """
            INSERT INTO index_version
              (workspace_id, index_id, name, split_digest, subset, encoder, max_tokens, overlap_tokens,
               job_id, created_by, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(caller.workspace())
        .param(id)
        .param(name)
        .param(splitDigest.hex())
        .param(subset)
        .param(encoder.id())
        .param(maxTokens)
        .param(chunking == null ? null : chunking.overlapTokens())
        .param(job)
        .param(caller.actor())
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    outbox.append(
        new InferenceEvent.IndexRequested(
            id, name, splitDigest, subset, encoder.id(), maxTokens, job),
        id.toString(),
        1);
    return get(id).orElseThrow();
  }

  /**
   * Lets the holder of a lease build an index; from then on holders of older leases change nothing.
   *
   * @return empty when it is built, has failed, or a newer lease was given out
   */
  @Transactional
  Optional<IndexVersion> take(UUID id, long fence) {
    int taken =
        sql.sql(
                "UPDATE index_version SET fence = ? WHERE workspace_id = ? AND index_id = ? AND"
                    + " fence <= ? AND index_digest IS NULL AND failure IS NULL")
            .params(fence, Caller.current().workspace(), id, fence)
            .update();
    return taken == 0 ? Optional.empty() : get(id);
  }

  /**
   * @throws LeaseLost when a newer lease was given out since {@link #take}
   */
  @Transactional
  void built(IndexVersion index, long fence, IndexRecipe recipe, Digest blob, long passages) {
    int built =
        sql.sql(
                "UPDATE index_version SET index_digest = ?, method_digest = ?, blob_digest = ?,"
                    + " passages = ? WHERE workspace_id = ? AND index_id = ? AND fence = ? AND"
                    + " index_digest IS NULL AND failure IS NULL")
            .params(
                recipe.digest().hex(),
                recipe.method().hex(),
                blob.hex(),
                passages,
                Caller.current().workspace(),
                index.id(),
                fence)
            .update();
    if (built == 0) {
      throw new LeaseLost(index.job());
    }
    Map<String, String> described = recipe.described();
    described.put("author", index.createdBy());
    described.put("mode", index.mode().name());
    outbox.append(
        new InferenceEvent.IndexBuilt(
            index.name(), recipe.digest(), null, index.split(), described, passages),
        index.id().toString(),
        2);
    caches.reloadAfterCommit();
  }

  /**
   * Ends an index that is not built, and publishes why; a holder of an older lease ends nothing.
   */
  @Transactional
  void failed(UUID id, long fence, String reason) {
    int ended =
        sql.sql(
                "UPDATE index_version SET failure = ? WHERE workspace_id = ? AND index_id = ? AND"
                    + " fence <= ? AND index_digest IS NULL AND failure IS NULL")
            .params(reason, Caller.current().workspace(), id, fence)
            .update();
    if (ended == 1) {
      IndexVersion index = get(id).orElseThrow();
      outbox.append(
          new InferenceEvent.IndexFailed(id, index.name(), index.split(), reason),
          id.toString(),
          2);
    }
  }

  @Transactional(readOnly = true)
  public Optional<IndexVersion> get(UUID id) {
    return sql.sql(
            "SELECT " + COLUMNS + " FROM index_version WHERE workspace_id = ? AND index_id = ?")
        .params(Caller.current().workspace(), id)
        .query((row, number) -> index(row))
        .optional();
  }

  /** Newest first. */
  @Transactional(readOnly = true)
  public Page<IndexVersion> list(PageRequest page) {
    UUID before = page.afterId();
    List<IndexVersion> rows =
        sql.sql(
                "SELECT "
                    + COLUMNS
                    + " FROM index_version WHERE workspace_id = ? AND index_id < ? ORDER BY"
                    + " index_id DESC LIMIT ?")
            .params(Caller.current().workspace(), before, page.fetch())
            .query((row, number) -> index(row))
            .list();
    long count =
        sql.sql("SELECT count(*) FROM index_version WHERE workspace_id = ?")
            .params(Caller.current().workspace())
            .query(Long.class)
            .single();
    return Page.of(rows, page, row -> List.of(row.id().toString()), count);
  }

  /**
   * A built index as a part of a variant.
   *
   * @param creator who requested it
   * @param split whose rows it is of
   * @param method of how these were indexed
   */
  public record Built(String creator, IndexMode mode, Digest split, Digest method) {}

  /** Empty when no index of the digest is built here. */
  public Optional<Built> built(Digest digest) {
    return sql.sql(
            "SELECT "
                + COLUMNS
                + " FROM index_version WHERE workspace_id = ? AND index_digest = ? ORDER BY"
                + " index_id LIMIT 1")
        .params(Caller.current().workspace(), digest.hex())
        .query((row, number) -> index(row))
        .optional()
        .map(index ->
            new Built(
                index.createdBy(),
                index.mode(),
                index.split(),
                Objects.requireNonNull(index.method())));
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
        .query((row, number) -> index(row))
        .list()
        .forEach(index -> {
          Digest digest = index.digest();
          if (digest != null) {
            // Of several builds of the same content the first serves, in every replica.
            indexes.putIfAbsent(digest, index);
          }
        });
    return indexes;
  }

  private static IndexVersion index(ResultSet row) throws SQLException {
    int maxTokens = row.getInt(6);
    @Nullable Integer overlapTokens = row.getObject(7, Integer.class);
    @Nullable Long passages = row.getObject(11, Long.class);
    return new IndexVersion(
        row.getObject(1, UUID.class),
        row.getString(2),
        new Digest(row.getString(3)),
        row.getString(4),
        EncoderModel.of(row.getString(5)).orElseThrow(),
        maxTokens,
        overlapTokens == null ? null : new Chunking(maxTokens, overlapTokens),
        row.getObject(8, UUID.class),
        Columns.digestOrNull(row, 9),
        Columns.digestOrNull(row, 10),
        passages,
        row.getString(12),
        row.getString(13),
        Columns.instant(row, 14),
        Columns.digestOrNull(row, 15));
  }
}
