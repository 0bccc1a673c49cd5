package io.plumbline.training.job;

import java.util.UUID;

/**
 * The right to work on a job.
 *
 * @param run of the job
 * @param fence of the work queue's lease: of two holders of one run the higher counts
 */
public record Lease(UUID jobId, int run, long fence) {}
