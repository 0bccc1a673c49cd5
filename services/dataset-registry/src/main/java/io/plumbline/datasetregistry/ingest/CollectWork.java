package io.plumbline.datasetregistry.ingest;

import java.util.List;
import java.util.UUID;

/**
 * The payload of a job that makes a version of a draft.
 *
 * @param draftItemIds of the items that are in the source
 */
record CollectWork(IngestWork version, List<UUID> draftItemIds) {}
