package io.plumbline.datasetregistry.split;

import java.util.UUID;

/**
 * The payload of a splitting job.
 *
 * @param actor who asked; the split is told in their name
 */
record SplitWork(String dataset, int number, UUID split, String actor) {}
