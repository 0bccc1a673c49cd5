package io.plumbline.training.job;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.identity.Caller;
import io.plumbline.training.head.Epoch;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The repository of each epoch's checkpoint and scores. The checkpoints themselves are blobs. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Checkpoints {

  /**
   * The checkpoint of an epoch.
   *
   * @param file the name of its file in a working directory
   */
  record Checkpoint(int epoch, String file, Digest digest, Epoch scores) {}

  private final JdbcClient sql;
  private final JsonMapper json;
  private final Clock clock;

  Checkpoints(JdbcClient sql, JsonMapper json, Clock clock) {
    this.sql = sql;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Adds the checkpoint of an epoch. A resumed trainer reports earlier epochs again, which changes
   * nothing.
   *
   * @return whether the epoch is new
   */
  boolean add(UUID jobId, Checkpoint checkpoint) {
    return sql.sql(
                """
                INSERT INTO checkpoint (workspace_id, job_id, epoch, file, digest, scores, at)
                VALUES (?, ?, ?, ?, ?, ?::jsonb, ?)
                ON CONFLICT DO NOTHING
                """)
            .params(
                Caller.current().workspace(),
                jobId,
                checkpoint.epoch(),
                checkpoint.file(),
                checkpoint.digest().hex(),
                json.writeValueAsString(checkpoint.scores()),
                clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  List<Checkpoint> ofJob(UUID jobId) {
    return sql.sql(
            "SELECT epoch, file, digest, scores FROM checkpoint WHERE job_id = ? ORDER BY epoch")
        .param(jobId)
        .query((row, index) ->
            new Checkpoint(
                row.getInt("epoch"),
                row.getString("file"),
                new Digest(row.getString("digest")),
                json.readValue(row.getString("scores"), Epoch.class)))
        .list();
  }
}
