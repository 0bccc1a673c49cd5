package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.retrieval.encoder.EmbeddingResult;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.LeaseLost;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The vectors that a provider was paid for, by batch, until their index is built, has failed or is
 * cancelled. A worker that resumes the build does not pay for them twice.
 */
@Component
class IndexBatches {

  private final JdbcClient sql;
  private final BlobStore blobs;
  private final Clock clock;

  IndexBatches(JdbcClient sql, BlobStore blobs, Clock clock) {
    this.sql = sql;
    this.blobs = blobs;
    this.clock = clock;
  }

  /**
   * Returns the vectors of a batch; empty when these texts were not embedded as this batch.
   *
   * @param texts the digest of the texts that were embedded, because another version of this
   *     program may divide documents differently
   */
  @Transactional(readOnly = true)
  Optional<List<float[]>> findVectors(UUID index, int number, Digest texts) {
    return sql.sql(
            "SELECT blob_digest FROM index_batch WHERE workspace_id = ? AND index_id = ? AND number"
                + " = ? AND texts_digest = ?")
        .params(Caller.current().workspace(), index, number, texts.hex())
        .query((row, each) -> new Digest(row.getString("blob_digest")))
        .optional()
        .map(this::readVectors);
  }

  /**
   * Keeps a batch, and adds its tokens and cost to those of its index. The cost of the index is
   * unknown once the cost of one batch is unknown or in another currency.
   *
   * @throws LeaseLost when a newer lease was given out, or the index has ended
   * @throws Problem when the vectors have another number of dimensions than earlier ones
   */
  @Transactional
  void keepBatch(
      IndexVersion index, long fence, int number, Digest texts, EmbeddingResult embeddingResult) {
    Digest blob = blobs.put(encodeVectors(embeddingResult.vectors()));
    Optional<EmbeddingResult.Use> use = Optional.ofNullable(embeddingResult.use());
    Optional<Money> cost = use.map(EmbeddingResult.Use::cost);
    @Nullable BigDecimal amount = cost.map(Money::amount).orElse(null);
    @Nullable String currency = cost.map(Money::currency).orElse(null);
    int dimensions =
        sql.sql(
                """
                UPDATE index_version SET dimensions = coalesce(dimensions, ?), tokens = tokens + ?,
                  cost = CASE WHEN tokens = 0 THEN ? WHEN currency = ? THEN cost + ? END,
                  currency = coalesce(currency, ?)
                WHERE workspace_id = ? AND index_id = ? AND fence = ? AND index_digest IS NULL AND failure IS NULL
                RETURNING dimensions
                """)
            .param(embeddingResult.dimensions())
            .param(use.map(EmbeddingResult.Use::tokens).orElse(0L))
            .param(amount)
            .param(currency)
            .param(amount)
            .param(currency)
            .param(Caller.current().workspace())
            .param(index.id())
            .param(fence)
            .query(Integer.class)
            .optional()
            .orElseThrow(() -> new LeaseLost(index.job()));
    embeddingResult.requireDimensions(dimensions, index.encoder());
    sql.sql(
            """
            INSERT INTO index_batch (workspace_id, index_id, number, texts_digest, blob_digest, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, index_id, number) DO UPDATE
            SET texts_digest = excluded.texts_digest, blob_digest = excluded.blob_digest,
                created_at = excluded.created_at
            """)
        .params(
            Caller.current().workspace(),
            index.id(),
            number,
            texts.hex(),
            blob.hex(),
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Returns when the newest batch of an index was embedded; empty before the first. */
  @Transactional(readOnly = true)
  Optional<Instant> newestBatchTime(UUID index) {
    return sql.sql(
            "SELECT created_at FROM index_batch WHERE workspace_id = ? AND index_id = ? ORDER BY"
                + " created_at DESC LIMIT 1")
        .params(Caller.current().workspace(), index)
        .query((row, number) -> Columns.instant(row, "created_at"))
        .optional();
  }

  /**
   * Removes the batches of an index. Their vectors are deleted later, with other content that
   * nothing refers to any more.
   */
  @Transactional
  void removeBatches(UUID index) {
    sql.sql("DELETE FROM index_batch WHERE workspace_id = ? AND index_id = ?")
        .params(Caller.current().workspace(), index)
        .update();
  }

  private static byte[] encodeVectors(List<float[]> vectors) {
    int dimensions = vectors.getFirst().length;
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES + vectors.size() * dimensions * Float.BYTES);
    bytes.putInt(dimensions);
    vectors.forEach(vector -> {
      for (float value : vector) {
        bytes.putFloat(value);
      }
    });
    return bytes.array();
  }

  private List<float[]> readVectors(Digest blob) {
    try (InputStream content = blobs.open(blob)) {
      ByteBuffer bytes = ByteBuffer.wrap(content.readAllBytes());
      int dimensions = bytes.getInt();
      List<float[]> vectors = new ArrayList<>();
      while (bytes.hasRemaining()) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
          vector[i] = bytes.getFloat();
        }
        vectors.add(vector);
      }
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
