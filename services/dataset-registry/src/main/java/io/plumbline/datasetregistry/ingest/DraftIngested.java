package io.plumbline.datasetregistry.ingest;

import java.util.List;
import java.util.UUID;

/** The event that items of a draft are in a version that is READY. */
public record DraftIngested(String dataset, List<UUID> draftItemIds) {}
