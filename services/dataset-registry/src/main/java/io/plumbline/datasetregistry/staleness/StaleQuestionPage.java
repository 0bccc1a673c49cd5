package io.plumbline.datasetregistry.staleness;

import io.plumbline.platform.web.Page;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of the questions that no longer fit the documents, with their number by cause.
 *
 * @param documents the version that the questions were checked against, {@code <dataset>/<version>}
 * @param since the earlier version of the documents; absent if none was named
 * @param questions the number of questions of the version
 * @param withPassages the number of questions that name a document; no others can be stale
 * @param stale the number of questions with at least one cause
 * @param counts the number of questions by cause; a cause that needs an earlier version is absent
 *     without one
 */
record StaleQuestionPage(
    String documents,
    @Nullable String since,
    long questions,
    long withPassages,
    long stale,
    Map<StaleCause, Long> counts,
    List<StaleQuestion> items,
    @Nullable String nextPageToken,
    Page.Total total) {}
