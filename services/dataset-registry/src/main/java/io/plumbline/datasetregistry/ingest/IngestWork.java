package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.privacy.SensitiveKind;
import java.util.Set;

/**
 * The payload of a job that brings a version's rows.
 *
 * @param actor who asked for the version; its publication is told in their name
 * @param expectedRows for the progress only
 * @param kinds to be masked; empty for an upload
 * @param numbered whether placeholders tell equal values by number
 */
record IngestWork(
    String dataset,
    int number,
    String actor,
    long expectedRows,
    Set<SensitiveKind> kinds,
    boolean numbered) {}
