package io.plumbline.modelregistry.model;

import io.plumbline.platform.data.VersionedEntity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

/**
 * A named series of tuned versions. Each registered version, each alias move and each request for
 * an alias move increments its revision, which orders its events.
 */
@Entity
// The database lets only the counters be changed.
@DynamicUpdate
@Table(name = "model")
public class Model extends VersionedEntity {

  /** The name in {@code <name>@<version>}, as inference requests write it. */
  public static final String NAME = "[a-z][a-z0-9-]{0,62}";

  @Id private UUID id;

  @Column(name = "workspace_id")
  private UUID workspaceId;

  private String name;

  @Column(name = "description")
  private String description;

  @Column(name = "owner")
  private String owner;

  @Column(name = "created_at")
  private Instant createdAt;

  private int latestVersion;

  @Column(name = "alias_moves")
  private int aliasMoves;

  /** Creates an empty entity for JPA. */
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Model() {}

  Model(UUID id, UUID workspace, String name, String description, String owner, Instant createdAt) {
    this.id = id;
    this.workspaceId = workspace;
    this.name = name;
    this.description = description;
    this.owner = owner;
    this.createdAt = createdAt;
  }

  /**
   * Counts a new version.
   *
   * @return the number of the new version
   */
  int nextVersionNumber() {
    return ++latestVersion;
  }

  /** Counts a move of an alias, or a request for a move. */
  void incrementAliasMoves() {
    aliasMoves++;
  }

  public UUID id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String description() {
    return description;
  }

  public String owner() {
    return owner;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public int latestVersion() {
    return latestVersion;
  }
}
