package io.plumbline.datasetregistry.ingest;

import io.plumbline.sensitivedata.SensitiveKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a job that makes a version.
 *
 * @param actor the person who requested the version; its publication is recorded in their name
 * @param expectedRows the number of rows, for the reports of progress and the claim on memory
 * @param kinds the kinds of sensitive values to mask; empty for an upload
 * @param numbered whether placeholders are numbered, equal values with equal numbers
 * @param documents the version of documents that questions are checked against; absent for none
 */
record IngestPayload(
    String dataset,
    int number,
    String actor,
    long expectedRows,
    Set<SensitiveKind> kinds,
    boolean numbered,
    @Nullable DocumentsVersion documents) {}
