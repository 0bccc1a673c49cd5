package io.plumbline.datasetregistry.staleness;

import com.github.benmanes.caffeine.cache.Ticker;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetKind;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.ingest.DocumentsVersion;
import io.plumbline.datasetregistry.item.ItemMasker;
import io.plumbline.datasetregistry.staleness.StaleQuestionCheckCache.Versions;
import io.plumbline.items.Document;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Checks a version of questions against a version of documents. Versions never change, so a result
 * is kept for the pages that follow.
 */
@Service
class StaleQuestions {

  /** The maximum bytes of questions in a check, which keeps their quotes in memory. */
  static final int MAX_QUESTIONS = 8 * 1024 * 1024;

  /** The maximum bytes of documents in a check, which reads them one at a time. */
  static final int MAX_DOCUMENTS = 256 * 1024 * 1024;

  /** The maximum duration of a check. */
  static final Duration MAX_DURATION = Duration.ofSeconds(15);

  private final DatasetCatalog catalog;
  private final BlobStore blobs;
  private final ItemMasker mask;
  private final StaleQuestionCheckCache checks = new StaleQuestionCheckCache(Ticker.systemTicker());

  StaleQuestions(DatasetCatalog catalog, BlobStore blobs, ItemMasker mask) {
    this.catalog = catalog;
    this.blobs = blobs;
    this.mask = mask;
  }

  /**
   * @param documents a version of documents, {@code <dataset>/<version>}
   * @param since an earlier version, with which the documents are compared; absent for none
   * @param cause the cause that the listed questions have; absent for all
   */
  StaleQuestionPage page(
      String dataset,
      int number,
      String documents,
      @Nullable String since,
      @Nullable StaleCause cause,
      PageRequest page)
      throws IOException {
    DatasetVersion questions = catalog.readyVersion(dataset, number);
    if (catalog.dataset(dataset).kind() != DatasetKind.QUESTION_ANSWER) {
      throw new Problem(
          StalenessProblem.NOT_QUESTIONS,
          "Dataset %s is not of kind QUESTION_ANSWER. Name a version of a dataset of that kind."
              .formatted(dataset));
    }
    long after = page.after(Long::valueOf, 0L);
    DatasetVersion now = requireDocuments("documents", documents);
    DatasetVersion before = since == null ? null : requireDocuments("since", since);
    StaleQuestionCheck.Result found = checkResult(questions, now, before);
    List<StaleQuestionCheck.Stale> listed =
        found.stale().stream().filter(one -> cause == null || one.hasCause(cause)).toList();
    List<StaleQuestionCheck.Stale> rows =
        listed.stream().filter(one -> one.row() > after).limit(page.fetchSize()).toList();
    Page<StaleQuestionCheck.Stale> slice =
        Page.of(rows, page, one -> List.of(String.valueOf(one.row())), listed.size());
    return new StaleQuestionPage(
        documents,
        since,
        found.questions(),
        found.withPassages(),
        found.stale().size(),
        found.counts(),
        toViews(requireRows(questions), slice.items()),
        slice.nextPageToken(),
        slice.total());
  }

  private DatasetVersion requireDocuments(String parameter, String named) {
    return DocumentsVersion.of(named)
        .flatMap(version -> catalog.findReadyDocumentsVersion(version.dataset(), version.number()))
        .orElseThrow(() ->
            Problem.invalid(
                parameter,
                "must name a READY version of a dataset of documents, such as shop-pages/2"));
  }

  private static Digest requireRows(DatasetVersion version) {
    Digest rows = version.rowsDigest();
    if (rows == null) {
      throw Problem.notFound();
    }
    return rows;
  }

  private StaleQuestionCheck.Result checkResult(
      DatasetVersion questions, DatasetVersion documents, @Nullable DatasetVersion since) {
    requireSize(questions, MAX_QUESTIONS);
    requireSize(documents, MAX_DOCUMENTS);
    if (since != null) {
      requireSize(since, MAX_DOCUMENTS);
    }
    Versions versions =
        new Versions(
            requireRows(questions),
            requireRows(documents),
            since == null ? null : requireRows(since));
    return checks.get(
        versions,
        each -> runCheck(each, blobs::open, new Deadline(MAX_DURATION, Ticker.systemTicker())));
  }

  private void requireSize(DatasetVersion version, int most) {
    requireSize(version.dataset(), version.number(), blobs.size(requireRows(version)), most);
  }

  static void requireSize(String dataset, int number, long bytes, int most) {
    if (bytes > most) {
      throw new Problem(
          StalenessProblem.TOO_LARGE_TO_CHECK,
          "Version %d of %s has %,d bytes of rows; a check reads at most %,d. Divide the dataset."
              .formatted(number, dataset, bytes, most));
    }
  }

  /**
   * Runs a check.
   *
   * @param contents opens the content of a digest
   * @param deadline runs for each document and within the comparisons; it may end the check by an
   *     exception
   */
  static StaleQuestionCheck.Result runCheck(
      Versions versions, Function<Digest, InputStream> contents, Runnable deadline) {
    StaleQuestionCheck check = new StaleQuestionCheck(deadline);
    try {
      ItemFile.read(
          contents.apply(versions.questions()),
          (index, offset, item) -> check.addQuestion(index + 1L, offset, item));
      forEachDocument(contents.apply(versions.documents()), deadline, check::checkDocument);
      check.finishDocuments();
      if (versions.since() != null) {
        forEachDocument(contents.apply(versions.since()), deadline, check::compareEarlier);
        check.finishEarlierDocuments();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return check.result();
  }

  private static void forEachDocument(
      InputStream documents, Runnable deadline, Consumer<Document> reader) throws IOException {
    ItemFile.read(
        documents,
        (index, offset, item) -> {
          deadline.run();
          Document document = item.input().document();
          if (document != null) {
            reader.accept(document);
          }
        });
  }

  private List<StaleQuestion> toViews(Digest questions, List<StaleQuestionCheck.Stale> stale)
      throws IOException {
    List<StaleQuestion> shown = new ArrayList<>();
    try (ItemFile.RandomAccessReader items =
        new ItemFile.RandomAccessReader(blobs.path(questions))) {
      for (StaleQuestionCheck.Stale one : stale) {
        shown.add(StaleQuestion.of(one, mask.mask(items.read(one.offset())).item()));
      }
    }
    return shown;
  }
}
