package io.plumbline.datasetregistry.ingest;

import java.util.List;
import java.util.UUID;

/**
 * The payload of a job that makes a version of a draft.
 *
 * @param draftItemIds the ids of the items in the source
 */
record DraftVersionPayload(IngestPayload version, List<UUID> draftItemIds) {}
