package io.plumbline.training.job;

import java.util.UUID;

/**
 * A lease, which is the right to work on a job.
 *
 * @param run the number of the job's run
 * @param fence the fencing token of the job queue's lease; of two workers on one run, the one with
 *     the higher token wins
 */
public record Lease(UUID jobId, int run, long fence) {}
