package io.plumbline.training.job;

/** The event inside this service that a job has ended. Listeners run in the same transaction. */
public record JobEnded(TrainingJob job, double computeSeconds) {}
