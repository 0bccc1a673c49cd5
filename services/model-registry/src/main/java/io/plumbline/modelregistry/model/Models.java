package io.plumbline.modelregistry.model;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.repository.Repository;

/** The models of the caller's workspace. */
interface Models extends Repository<Model, UUID> {

  Optional<Model> findByName(String name);

  boolean existsByName(String name);

  /** Reads a model to change it: a second writer waits here instead of failing later. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<Model> findForChangeByName(String name);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<Model> findForChangeById(UUID id);

  List<Model> findByNameGreaterThanOrderByName(String name, Limit limit);

  long count();

  Model saveAndFlush(Model model);
}
