package io.plumbline.datasetregistry.split;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Parts of a version, made by a recipe. */
@Entity
@Table(name = "split")
@SuppressWarnings({
  "NullAway.Init",
  "UnusedVariable"
}) // Hibernate fills the fields after the constructor it needs, and reads them.
public class Split {

  /** Only a READY split has a digest. */
  public enum State {
    SPLITTING,
    READY,
    FAILED
  }

  /** Rows that are in no part, and why. */
  public record Dropped(long emptyRows, long duplicates, long unsampled, long unnamed) {}

  /**
   * @param digest of the manifest that names version, recipe and parts
   */
  record Content(
      Digest digest, Map<String, Subset> parts, Dropped dropped, long leakage, List<Leak> leaks) {}

  @Id private UUID id;
  private UUID workspaceId;
  private String dataset;
  private int number;

  @Enumerated(EnumType.STRING)
  private State state;

  @JdbcTypeCode(SqlTypes.JSON)
  private Recipe recipe;

  private @Nullable Digest splitDigest;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, Subset> parts;

  @JdbcTypeCode(SqlTypes.JSON)
  private Dropped dropped;

  private long leakage;

  @JdbcTypeCode(SqlTypes.JSON)
  private List<Leak> leaks;

  private @Nullable String error;
  private @Nullable UUID jobId;
  private String createdBy;
  private Instant createdAt;
  private @Nullable Instant publishedAt;
  @Version private @Nullable Long version;

  protected Split() {}

  Split(
      UUID id,
      UUID workspaceId,
      String dataset,
      int number,
      Recipe recipe,
      UUID job,
      String createdBy,
      Instant createdAt) {
    this.id = id;
    this.workspaceId = workspaceId;
    this.dataset = dataset;
    this.number = number;
    this.state = State.SPLITTING;
    this.recipe = recipe;
    this.parts = Map.of();
    this.dropped = new Dropped(0, 0, 0, 0);
    this.leaks = List.of();
    this.jobId = job;
    this.createdBy = createdBy;
    this.createdAt = createdAt;
  }

  boolean publish(Content content, Instant now) {
    if (state != State.SPLITTING) {
      return false;
    }
    state = State.READY;
    splitDigest = content.digest();
    parts = content.parts();
    dropped = content.dropped();
    leakage = content.leakage();
    leaks = content.leaks();
    publishedAt = now;
    return true;
  }

  void fail(String reason) {
    if (state == State.SPLITTING) {
      state = State.FAILED;
      error = reason;
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

  public Recipe recipe() {
    return recipe;
  }

  public @Nullable Digest splitDigest() {
    return splitDigest;
  }

  public Map<String, Subset> parts() {
    return parts;
  }

  public Dropped dropped() {
    return dropped;
  }

  public long leakage() {
    return leakage;
  }

  public List<Leak> leaks() {
    return leaks;
  }

  public @Nullable String error() {
    return error;
  }

  public @Nullable UUID jobId() {
    return jobId;
  }

  public String createdBy() {
    return createdBy;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public long version() {
    return version == null ? 0 : version;
  }
}
