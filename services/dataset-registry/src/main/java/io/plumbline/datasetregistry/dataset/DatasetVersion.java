package io.plumbline.datasetregistry.dataset;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.DigestConverter;
import io.plumbline.platform.identity.Caller;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of rows: an upload, an earlier version with sensitive values masked, or a draft.
 */
@Entity
// The database permits changes to the result of the job only.
@DynamicUpdate
@Table(name = "dataset_version")
public class DatasetVersion extends JobProduct {

  /** The states of a version. Only a READY version can be split, masked or admitted. */
  public enum State {
    INGESTING,
    READY,
    FAILED
  }

  /**
   * The source of the rows.
   *
   * @param format the format of the source blob: an upload format, {@link #ROWS} or {@link #DRAFT}
   * @param bytes the size of all sources of the rows: the upload, and the drafts added to it
   */
  public record Origin(
      String format,
      Digest digest,
      long bytes,
      @Nullable Integer derivedFrom,
      List<String> maskedKinds) {

    /** The rows of another version, to be masked. */
    public static final String ROWS = "ROWS";

    /** The items of a draft, which follow the rows of another version where it continues one. */
    public static final String DRAFT = "DRAFT";

    /** Returns whether the source is an upload. */
    public boolean isUpload() {
      return !format.equals(ROWS) && !format.equals(DRAFT);
    }
  }

  /** A reason why a version failed. */
  public record Fault(String code, long row, long line, @Nullable String field, String detail) {}

  /**
   * The result of ingesting the source.
   *
   * @param rows the blob of normalised rows, JSON Lines
   * @param versionDigest the digest of the manifest that names dataset, number, kind and rows
   * @param report the report as JSON
   */
  public record Content(
      long count, Digest rows, Digest versionDigest, Digest reportDigest, String report) {}

  @Enumerated(EnumType.STRING)
  private State state;

  private String format;

  @Convert(converter = DigestConverter.class)
  private Digest sourceDigest;

  private long sourceBytes;
  private @Nullable Integer derivedFrom;

  @JdbcTypeCode(SqlTypes.JSON)
  private List<String> maskedKinds;

  private long rows;

  @Convert(converter = DigestConverter.class)
  private @Nullable Digest rowsDigest;

  @Convert(converter = DigestConverter.class)
  private @Nullable Digest versionDigest;

  @Column(name = "report_digest")
  @Convert(converter = DigestConverter.class)
  private @Nullable Digest reportDigest;

  @JdbcTypeCode(SqlTypes.JSON)
  private @Nullable String report;

  @Column(name = "problems")
  @JdbcTypeCode(SqlTypes.JSON)
  private List<Fault> problems;

  /** Creates an empty entity for JPA. */
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected DatasetVersion() {}

  DatasetVersion(
      UUID id,
      String dataset,
      int number,
      Origin origin,
      UUID jobId,
      Caller creator,
      Instant createdAt) {
    super(id, dataset, number, jobId, creator, createdAt);
    this.state = State.INGESTING;
    this.format = origin.format();
    this.sourceDigest = origin.digest();
    this.sourceBytes = origin.bytes();
    this.derivedFrom = origin.derivedFrom();
    this.maskedKinds = List.copyOf(origin.maskedKinds());
    this.problems = List.of();
  }

  /**
   * @return false when an earlier attempt of the same job has already ended
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
    markPublished(now);
    return true;
  }

  void fail(List<Fault> faults) {
    if (state == State.INGESTING) {
      state = State.FAILED;
      problems = List.copyOf(faults);
    }
  }

  public State state() {
    return state;
  }

  public Origin origin() {
    return new Origin(format, sourceDigest, sourceBytes, derivedFrom, maskedKinds);
  }

  /**
   * Returns whether all kinds of sensitive data that were found in the version were masked. Masking
   * a kind that does not occur does not count.
   *
   * @param found the kinds of sensitive data in its rows
   */
  public boolean masksAllKinds(Set<String> found) {
    return !maskedKinds.isEmpty() && maskedKinds.containsAll(found);
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

  /** Returns the subject of the version's events. */
  public String eventSubject() {
    return dataset() + "/versions/" + number();
  }
}
