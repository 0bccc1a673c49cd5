package io.plumbline.datasetregistry.split;

import java.util.UUID;

/**
 * The payload of a splitting job.
 *
 * @param actor the person who requested the split; it is recorded in their name
 */
record SplitPayload(String dataset, int number, UUID splitId, String actor) {}
