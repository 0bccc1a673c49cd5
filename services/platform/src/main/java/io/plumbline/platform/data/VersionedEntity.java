package io.plumbline.platform.data;

import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

/** An entity with an optimistic lock. */
@MappedSuperclass
public abstract class VersionedEntity {

  // A wrapper type, because Spring Data takes an entity for new while its version is null.
  @Version private @Nullable Long version;

  /** Returns the number of changes since the entity was first saved, which its ETag names. */
  public long revision() {
    return version == null ? 0 : version;
  }

  /**
   * Returns the version that events of the entity carry. It counts from 1, because projections use
   * 0 for "nothing received".
   */
  public long aggregateVersion() {
    return revision() + 1;
  }
}
