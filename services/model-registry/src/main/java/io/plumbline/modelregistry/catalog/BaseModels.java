package io.plumbline.modelregistry.catalog;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.repository.Repository;

/** The entries of the caller's workspace. */
interface BaseModels extends Repository<BaseModel, UUID> {

  Optional<BaseModel> findByName(String name);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<BaseModel> findForChangeByName(String name);

  boolean existsByName(String name);

  List<BaseModel> findByNameGreaterThanOrderByName(String name, Limit limit);

  long count();

  BaseModel saveAndFlush(BaseModel model);
}
