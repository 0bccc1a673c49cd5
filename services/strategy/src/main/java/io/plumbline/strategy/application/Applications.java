package io.plumbline.strategy.application;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.repository.Repository;

/** The applications of the caller's workspace. */
interface Applications extends Repository<Application, UUID> {

  Optional<Application> findByName(String name);

  boolean existsByName(String name);

  List<Application> findByNameGreaterThanOrderByName(String after, Limit limit);

  long count();

  /** Reads and locks an application, so that a second transaction that changes it waits. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<Application> findForChangeByName(String name);

  Application saveAndFlush(Application application);
}
