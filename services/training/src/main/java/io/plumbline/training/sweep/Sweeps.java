package io.plumbline.training.sweep;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.repository.Repository;

/** The repository of the sweeps of the caller's workspace. */
interface Sweeps extends Repository<Sweep, UUID> {

  Optional<Sweep> findById(UUID id);

  boolean existsById(UUID id);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<Sweep> findForChangeById(UUID id);

  List<Sweep> findByIdLessThanOrderByIdDesc(UUID id, Limit limit);

  long count();

  Sweep saveAndFlush(Sweep sweep);
}
