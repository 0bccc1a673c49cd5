package io.plumbline.datasetregistry.staleness;

import com.github.benmanes.caffeine.cache.Ticker;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetKind;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.ingest.DocumentsVersion;
import io.plumbline.datasetregistry.item.ItemMask;
import io.plumbline.datasetregistry.staleness.QuestionCheckCache.Versions;
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
  private final ItemMask mask;
  private final QuestionCheckCache checks = new QuestionCheckCache(Ticker.systemTicker());

  StaleQuestions(DatasetCatalog catalog, BlobStore blobs, ItemMask mask) {
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
    QuestionCheck.Result found = checkResult(questions, now, before);
    List<QuestionCheck.Stale> listed =
        found.stale().stream().filter(one -> cause == null || one.hasCause(cause)).toList();
    List<QuestionCheck.Stale> rows =
        listed.stream().filter(one -> one.row() > after).limit(page.fetch()).toList();
    Page<QuestionCheck.Stale> slice =
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
        .flatMap(version -> catalog.readyDocuments(version.dataset(), version.number()))
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

  private QuestionCheck.Result checkResult(
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
  static QuestionCheck.Result runCheck(
      Versions versions, Function<Digest, InputStream> contents, Runnable deadline) {
    QuestionCheck check = new QuestionCheck(deadline);
    try {
      ItemFile.read(
          contents.apply(versions.questions()),
          (index, offset, item) -> check.addQuestion(index + 1L, offset, item));
      forEachDocument(contents.apply(versions.documents()), deadline, check::checkDocument);
      check.endDocuments();
      if (versions.since() != null) {
        forEachDocument(contents.apply(versions.since()), deadline, check::compareEarlier);
        check.endEarlier();
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

  private List<StaleQuestion> toViews(Digest questions, List<QuestionCheck.Stale> stale)
      throws IOException {
    List<StaleQuestion> shown = new ArrayList<>();
    try (ItemFile.At items = new ItemFile.At(blobs.path(questions))) {
      for (QuestionCheck.Stale one : stale) {
        shown.add(StaleQuestion.of(one, mask.mask(items.read(one.offset())).item()));
      }
    }
    return shown;
  }
}
