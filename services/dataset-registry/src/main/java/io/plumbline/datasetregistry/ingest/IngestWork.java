package io.plumbline.datasetregistry.ingest;

import io.plumbline.sensitivedata.SensitiveKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a job that makes a version.
 *
 * @param actor who requested the version; its publication is recorded in their name
 * @param expectedRows for the progress only
 * @param kinds to be masked; empty for an upload
 * @param numbered whether placeholders are numbered, equal values with equal numbers
 * @param documents that questions are held against; absent for none
 */
record IngestWork(
    String dataset,
    int number,
    String actor,
    long expectedRows,
    Set<SensitiveKind> kinds,
    boolean numbered,
    @Nullable DocumentsVersion documents) {}
