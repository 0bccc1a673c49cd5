package io.plumbline.training.job;

/** Published inside this service, in the transaction in which a job ends. */
public record JobEnded(TrainingJob job, double computeSeconds) {}
