package io.plumbline.datasetregistry.split;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.JobProduct;
import io.plumbline.platform.data.DigestConverter;
import io.plumbline.platform.identity.Caller;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A split of a version into subsets by a recipe. */
@Entity
// The database permits changes to the result of the job only.
@DynamicUpdate
@Table(name = "split")
public class Split extends JobProduct {

  /** The states of a split. Only a READY split has a digest. */
  public enum State {
    SPLITTING,
    READY,
    FAILED
  }

  /** The number of rows that are in no subset, by reason. */
  public record Dropped(long emptyRows, long duplicates, long unsampled, long unnamed) {}

  /**
   * The result of the job.
   *
   * @param digest the digest of the manifest that names version, recipe and subsets
   */
  record Content(
      Digest digest,
      Map<String, Subset> subsets,
      Dropped dropped,
      long leakage,
      List<Leak> leaks) {}

  @Enumerated(EnumType.STRING)
  private State state;

  @JdbcTypeCode(SqlTypes.JSON)
  private Recipe recipe;

  @Convert(converter = DigestConverter.class)
  private @Nullable Digest splitDigest;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, Subset> subsets;

  @JdbcTypeCode(SqlTypes.JSON)
  private Dropped dropped;

  private long leakage;

  @JdbcTypeCode(SqlTypes.JSON)
  private List<Leak> leaks;

  private @Nullable String error;

  /** Creates an empty entity for JPA. */
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Split() {}

  Split(
      UUID id,
      String dataset,
      int number,
      Recipe recipe,
      UUID jobId,
      Caller creator,
      Instant createdAt) {
    super(id, dataset, number, jobId, creator, createdAt);
    this.state = State.SPLITTING;
    this.recipe = recipe;
    this.subsets = Map.of();
    this.dropped = new Dropped(0, 0, 0, 0);
    this.leaks = List.of();
  }

  boolean publish(Content content, Instant now) {
    if (state != State.SPLITTING) {
      return false;
    }
    state = State.READY;
    splitDigest = content.digest();
    subsets = content.subsets();
    dropped = content.dropped();
    leakage = content.leakage();
    leaks = content.leaks();
    markPublished(now);
    return true;
  }

  void fail(String reason) {
    if (state == State.SPLITTING) {
      state = State.FAILED;
      error = reason;
    }
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

  public Map<String, Subset> subsets() {
    return subsets;
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
}
