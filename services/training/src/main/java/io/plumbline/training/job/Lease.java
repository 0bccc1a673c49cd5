package io.plumbline.training.job;

import java.util.UUID;

/**
 * The right to work on a job.
 *
 * @param run of the job
 * @param fence fencing token of the job queue's lease: of two workers on one run the higher wins
 */
public record Lease(UUID jobId, int run, long fence) {}
