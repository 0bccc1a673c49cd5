package io.plumbline.modelregistry.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * A named series of tuned versions. Each registered version, each alias move and each request for
 * an alias move increments its revision, which orders its events.
 */
@Entity
// The database lets only the counters be changed.
@DynamicUpdate
@Table(name = "model")
public class Model {

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

  /**
   * The version for optimistic locking. It is absent until the entity is saved, which is how Spring
   * Data recognises a new entity whose id is already assigned.
   */
  @Version private @Nullable Long version;

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
  int countVersion() {
    return ++latestVersion;
  }

  /** Counts a move of an alias, or a request for a move. */
  void countAliasMove() {
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

  public long revision() {
    return Objects.requireNonNull(version, "not saved yet");
  }

  /**
   * Returns the version that its events carry. It counts from 1, because projections use 0 for
   * "nothing received".
   */
  long aggregateVersion() {
    return revision() + 1;
  }
}
