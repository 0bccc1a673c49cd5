package io.plumbline.datasetregistry.dataset;

import io.plumbline.platform.data.VersionedEntity;
import io.plumbline.platform.identity.Caller;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The product of a background job: a dataset version or a split of one. It is final once it is
 * published.
 */
@MappedSuperclass
public abstract class JobProduct extends VersionedEntity {

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

  /** Creates an empty entity for JPA. */
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

  protected final void markPublished(Instant now) {
    publishedAt = now;
  }

  public UUID id() {
    return id;
  }

  public String dataset() {
    return dataset;
  }

  /** Returns the number of the dataset's version. */
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
}
