package io.plumbline.datasetregistry.dataset;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The repository of the datasets of the caller's workspace. */
interface Datasets extends Repository<Dataset, UUID> {

  Dataset saveAndFlush(Dataset dataset);

  Optional<Dataset> findByName(String name);

  boolean existsByName(String name);

  /** Locks the dataset until commit, so that versions are numbered without gaps or duplicates. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("SELECT d FROM Dataset d WHERE d.name = :name")
  Optional<Dataset> lock(String name);
}
