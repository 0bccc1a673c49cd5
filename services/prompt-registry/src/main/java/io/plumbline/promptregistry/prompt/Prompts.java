package io.plumbline.promptregistry.prompt;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.repository.Repository;

/** The prompts of the caller's workspace. */
interface Prompts extends Repository<Prompt, UUID> {

  Optional<Prompt> findByName(String name);

  boolean existsByName(String name);

  /** Reads a prompt to change it: a second writer waits here instead of failing later. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<Prompt> findForChangeByName(String name);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<Prompt> findForChangeById(UUID id);

  Prompt saveAndFlush(Prompt prompt);
}
