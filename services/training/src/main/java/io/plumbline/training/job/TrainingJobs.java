package io.plumbline.training.job;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The repository of the training jobs of the caller's workspace. */
interface TrainingJobs extends Repository<TrainingJob, UUID> {

  Optional<TrainingJob> findById(UUID id);

  /**
   * Reads a job and locks it for a change, so that a person who pauses it and the worker that
   * finishes it wait for each other instead of failing.
   */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<TrainingJob> findForChangeById(UUID id);

  @Query(
      "SELECT job.id FROM TrainingJob job WHERE job.sweepId = ?1 AND job.state IN (QUEUED, RUNNING,"
          + " PAUSED)")
  Optional<UUID> findUnendedTrial(UUID sweepId);

  TrainingJob saveAndFlush(TrainingJob job);
}
