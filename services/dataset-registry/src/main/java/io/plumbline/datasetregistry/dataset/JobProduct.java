package io.plumbline.datasetregistry.dataset;

import io.plumbline.platform.identity.Caller;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a background job makes for a dataset version: the version itself, or a split of it. It is
 * final once it is published.
 */
@MappedSuperclass
public abstract class JobProduct {

  @Id private UUID id;

  @Column(name = "workspace_id")
  private UUID workspaceId;

  private String dataset;
  private int number;
  private UUID jobId;
  private String createdBy;
  private Instant createdAt;

  @Column(name = "published_at")
  private @Nullable Instant publishedAt;

  /** Absent until saved: this is how Spring Data sees that an entity with an id of ours is new. */
  @Version private @Nullable Long version;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected JobProduct() {}

  protected JobProduct(
      UUID id, String dataset, int number, UUID jobId, Caller creator, Instant createdAt) {
    this.id = id;
    this.workspaceId = creator.workspace();
    this.dataset = dataset;
    this.number = number;
    this.jobId = jobId;
    this.createdBy = creator.actor();
    this.createdAt = createdAt;
  }

  protected final void published(Instant now) {
    publishedAt = now;
  }

  public UUID id() {
    return id;
  }

  public String dataset() {
    return dataset;
  }

  /** The number of the dataset's version. */
  public int number() {
    return number;
  }

  public UUID jobId() {
    return jobId;
  }

  public String createdBy() {
    return createdBy;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public long revision() {
    return Objects.requireNonNull(version, "not saved yet");
  }
}
