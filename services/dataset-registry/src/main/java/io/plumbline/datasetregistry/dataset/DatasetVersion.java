package io.plumbline.datasetregistry.dataset;

import io.plumbline.contracts.Digest;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An immutable set of rows: an upload, or an earlier version with sensitive values masked. */
@Entity
@Table(name = "dataset_version")
@SuppressWarnings({
  "NullAway.Init",
  "UnusedVariable"
}) // Hibernate fills the fields after the constructor it needs, and reads them.
public class DatasetVersion {

  /** Only READY versions can be split, masked or admitted. */
  public enum State {
    INGESTING,
    READY,
    FAILED
  }

  /**
   * Where the rows come from.
   *
   * @param format of the source blob: an upload format, or {@code ROWS} of another version
   */
  public record Origin(
      String format,
      Digest digest,
      long bytes,
      @Nullable Integer derivedFrom,
      List<String> maskedKinds) {}

  /** Why a version failed. */
  public record Fault(String code, long row, long line, @Nullable String field, String detail) {}

  /**
   * What ingest made of the source.
   *
   * @param rows the blob of normalised rows, JSON Lines
   * @param versionDigest of the manifest that names dataset, number, columns and rows
   * @param report as JSON
   */
  public record Content(
      long count, Digest rows, Digest versionDigest, Digest reportDigest, String report) {}

  @Id private UUID id;
  private UUID workspaceId;
  private String dataset;
  private int number;

  @Enumerated(EnumType.STRING)
  private State state;

  private String format;
  private Digest sourceDigest;
  private long sourceBytes;
  private @Nullable Integer derivedFrom;

  @JdbcTypeCode(SqlTypes.JSON)
  private List<String> maskedKinds;

  private long rows;
  private @Nullable Digest rowsDigest;
  private @Nullable Digest versionDigest;
  private @Nullable Digest reportDigest;

  @JdbcTypeCode(SqlTypes.JSON)
  private @Nullable String report;

  @JdbcTypeCode(SqlTypes.JSON)
  private List<Fault> problems;

  private UUID jobId;
  private String createdBy;
  private Instant createdAt;
  private @Nullable Instant publishedAt;
  @Version private @Nullable Long version;

  protected DatasetVersion() {}

  DatasetVersion(
      UUID id,
      UUID workspaceId,
      String dataset,
      int number,
      Origin origin,
      UUID job,
      String createdBy,
      Instant createdAt) {
    this.id = id;
    this.workspaceId = workspaceId;
    this.dataset = dataset;
    this.number = number;
    this.state = State.INGESTING;
    this.format = origin.format();
    this.sourceDigest = origin.digest();
    this.sourceBytes = origin.bytes();
    this.derivedFrom = origin.derivedFrom();
    this.maskedKinds = List.copyOf(origin.maskedKinds());
    this.problems = List.of();
    this.jobId = job;
    this.createdBy = createdBy;
    this.createdAt = createdAt;
  }

  /**
   * @return false when an earlier attempt of the same job has already come to an end
   */
  boolean publish(Content content, Instant now) {
    if (state != State.INGESTING) {
      return false;
    }
    state = State.READY;
    rows = content.count();
    rowsDigest = content.rows();
    versionDigest = content.versionDigest();
    reportDigest = content.reportDigest();
    report = content.report();
    publishedAt = now;
    return true;
  }

  void fail(List<Fault> faults) {
    if (state == State.INGESTING) {
      state = State.FAILED;
      problems = List.copyOf(faults);
    }
  }

  public UUID id() {
    return id;
  }

  public String dataset() {
    return dataset;
  }

  public int number() {
    return number;
  }

  public State state() {
    return state;
  }

  public Origin origin() {
    return new Origin(format, sourceDigest, sourceBytes, derivedFrom, maskedKinds);
  }

  public boolean masked() {
    return !maskedKinds.isEmpty();
  }

  public @Nullable Digest rowsDigest() {
    return rowsDigest;
  }

  public @Nullable Digest versionDigest() {
    return versionDigest;
  }

  public @Nullable String report() {
    return report;
  }

  public long rows() {
    return rows;
  }

  public UUID job() {
    return jobId;
  }

  public String createdBy() {
    return createdBy;
  }

  /**
   * Orders what is told about the version; begins at 1, since a projection takes 0 for nothing
   * known.
   */
  public long order() {
    return version == null ? 1 : version + 1;
  }

  /** The subject of the version's events, and what a person calls it. */
  public String subject() {
    return dataset + "/versions/" + number;
  }
}
