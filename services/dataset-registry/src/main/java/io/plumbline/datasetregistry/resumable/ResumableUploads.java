package io.plumbline.datasetregistry.resumable;

import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.platform.blob.BlobParts;
import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The repository of the uploads in parts of the caller's workspace. */
@Repository
class ResumableUploads {

  private static final long LOCK = 0x7475735f75706cL;

  private final JdbcClient sql;

  ResumableUploads(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * Returns the number of uploads of the workspace that have not become a version. Until the
   * transaction ends, other transactions wait here, so that the number still holds for an addition.
   */
  long lockAndCountUnfinished() {
    AdvisoryLocks.lock(sql, LOCK, "");
    return sql.sql("SELECT count(*) FROM resumable_upload WHERE version IS NULL")
        .query(Long.class)
        .single();
  }

  void add(ResumableUpload upload, Instant now) {
    sql.sql(
            """
            INSERT INTO resumable_upload (workspace_id, id, dataset, format, gzip, length, stored, created_by,
              created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            Caller.current().workspace(),
            upload.id(),
            upload.dataset(),
            upload.format().name(),
            upload.gzip(),
            upload.length(),
            upload.offset(),
            upload.createdBy(),
            now.atOffset(ZoneOffset.UTC),
            upload.expiresAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Returns the upload, unless it has expired or another person began it. */
  Optional<ResumableUpload> find(String dataset, UUID id, Instant now) {
    return find("", dataset, id, now);
  }

  /** Returns the upload like {@link #find}, locked until this transaction ends. */
  Optional<ResumableUpload> lock(String dataset, UUID id, Instant now) {
    return find(" FOR UPDATE", dataset, id, now);
  }

  private Optional<ResumableUpload> find(String lock, String dataset, UUID id, Instant now) {
    return sql.sql(
            "SELECT * FROM resumable_upload WHERE dataset = ? AND id = ? AND created_by = ? AND"
                + " expires_at > ?"
                + lock)
        .params(dataset, id, Caller.current().actor(), now.atOffset(ZoneOffset.UTC))
        .query((row, index) -> readUpload(row))
        .optional();
  }

  /**
   * Adds a part at the end of the stored bytes.
   *
   * @param expiresAt the time at which the upload expires if no further part arrives
   * @param most the maximum lifetime of the upload from its beginning, whatever parts arrive
   */
  void addPart(ResumableUpload upload, BlobParts.Part part, Instant expiresAt, Duration most) {
    sql.sql("INSERT INTO upload_part (workspace_id, upload_id, start, part_id) VALUES (?, ?, ?, ?)")
        .params(Caller.current().workspace(), upload.id(), upload.offset(), part.id())
        .update();
    sql.sql(
            """
            UPDATE resumable_upload
            SET stored = ?, expires_at = least(?, created_at + make_interval(secs => ?)) WHERE id = ?
            """)
        .params(
            upload.offset() + part.bytes(),
            expiresAt.atOffset(ZoneOffset.UTC),
            most.toSeconds(),
            upload.id())
        .update();
  }

  /** Returns the ids of the parts in the order of their bytes. */
  List<UUID> partIds(UUID upload) {
    return sql.sql("SELECT part_id FROM upload_part WHERE upload_id = ? ORDER BY start")
        .param(upload)
        .query((row, number) -> row.getObject("part_id", UUID.class))
        .list();
  }

  /** Records the version that was made of an upload, and deletes the rows of its parts. */
  void recordVersion(UUID upload, int version) {
    sql.sql("DELETE FROM upload_part WHERE upload_id = ?").param(upload).update();
    sql.sql("UPDATE resumable_upload SET version = ? WHERE id = ?")
        .params(version, upload)
        .update();
  }

  void remove(UUID upload) {
    sql.sql("DELETE FROM upload_part WHERE upload_id = ?").param(upload).update();
    sql.sql("DELETE FROM resumable_upload WHERE id = ?").param(upload).update();
  }

  /**
   * Returns the ids of expired uploads, locked until this transaction ends. Uploads that another
   * transaction has locked are skipped.
   */
  List<UUID> lockExpired(Instant now) {
    return sql.sql("SELECT id FROM resumable_upload WHERE expires_at <= ? FOR UPDATE SKIP LOCKED")
        .param(now.atOffset(ZoneOffset.UTC))
        .query((row, number) -> row.getObject("id", UUID.class))
        .list();
  }

  private static ResumableUpload readUpload(ResultSet row) throws SQLException {
    return new ResumableUpload(
        row.getObject("id", UUID.class),
        row.getString("dataset"),
        Format.valueOf(row.getString("format")),
        row.getBoolean("gzip"),
        row.getLong("length"),
        row.getLong("stored"),
        row.getString("created_by"),
        Columns.instant(row, "expires_at"),
        row.getObject("version", Integer.class));
  }
}
