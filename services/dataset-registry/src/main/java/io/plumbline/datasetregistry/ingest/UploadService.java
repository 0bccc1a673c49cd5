package io.plumbline.datasetregistry.ingest;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetKind;
import io.plumbline.datasetregistry.row.RowProblem;
import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.datasetregistry.upload.Upload;
import io.plumbline.datasetregistry.upload.UploadFault;
import io.plumbline.datasetregistry.upload.UploadLimits;
import io.plumbline.platform.blob.BlobQuota;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.blob.StorageFullException;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.core.JsonPointer;

/**
 * Accepts uploads. No transaction is open while bytes arrive; only a complete and readable body
 * becomes a blob and a version, so a refused upload leaves nothing.
 */
@Service
public class UploadService {

  /** The description of the parameter {@code documents}. */
  public static final String DOCUMENTS =
      "For questions: the version of documents that their passages name, as"
          + " `<dataset>/<version>`. The version fails where one names another document, with the"
          + " rows and ids.";

  private final DatasetCatalog catalog;
  private final IngestService ingest;
  private final BlobStore blobs;
  private final Spool spool;
  private final UploadLimits limits;
  private final UploadSlots places;

  UploadService(
      DatasetCatalog catalog,
      IngestService ingest,
      BlobStore blobs,
      Spool spool,
      UploadLimits limits,
      UploadSlots places) {
    this.catalog = catalog;
    this.ingest = ingest;
    this.blobs = blobs;
    this.spool = spool;
    this.limits = limits;
    this.places = places;
  }

  /**
   * The parameters for reading an upload.
   *
   * @param documents a version of documents, {@code <dataset>/<version>}, that questions are
   *     checked against; absent for none
   */
  public record ReadOptions(Format format, boolean gzip, @Nullable String documents) {}

  /**
   * An upload that was checked and stored, of which no version has been made yet.
   *
   * @param content the digest of the plain bytes
   */
  public record StoredUpload(
      String dataset,
      Format format,
      Digest content,
      Upload.Spooled size,
      @Nullable DocumentsVersion documents) {}

  /** One of the limited places for uploads that are read at a time. It must be closed once. */
  public interface UploadSlot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param announced the Content-Length of the body, or -1
   * @throws StorageFullException as soon as the workspace has no room for what has arrived
   */
  public IngestService.StartedVersion accept(
      String dataset, ReadOptions reading, long announced, InputStream body) throws IOException {
    requireFormat(catalog.dataset(dataset), reading.format());
    requireSize(announced);
    return startVersion(store(dataset, reading, body));
  }

  /**
   * Checks and stores an upload.
   *
   * @throws StorageFullException as soon as the workspace has no room for what was read
   */
  public StoredUpload store(String dataset, ReadOptions reading, InputStream body)
      throws IOException {
    Dataset named = catalog.dataset(dataset);
    try (UploadSlot _ = acquireSlot()) {
      return storeSpooled(named, reading, body);
    }
  }

  /** Starts the version of a stored upload. */
  public IngestService.StartedVersion startVersion(StoredUpload upload) {
    return ingest.startFromUpload(
        upload.dataset(), upload.format(), upload.content(), upload.size(), upload.documents());
  }

  /** Returns the problem of an upload whose media type is not supported. */
  Problem unknownType(String dataset) {
    return UploadSchemas.unsupportedFormatProblem(catalog.dataset(dataset).kind());
  }

  /**
   * @throws Problem 415 when the dataset does not accept uploads of the format
   */
  public static void requireFormat(Dataset dataset, Format format) {
    UploadSchemas.requireFormat(dataset.kind(), format);
  }

  /**
   * @throws Problem 413 when the number of bytes exceeds the limit of an upload
   */
  public void requireSize(long announced) {
    if (announced > limits.maxBytes().toBytes()) {
      throw new Problem(
          IngestProblem.TOO_LARGE,
          "An upload may have at most "
              + limits.maxBytes().toBytes()
              + " bytes. Compress it with gzip, split it into several datasets, or sample it.");
    }
  }

  /**
   * Takes a place for an upload.
   *
   * @throws Problem 429 when the caller has the maximum number of places, 503 when all are taken
   */
  public UploadSlot acquireSlot() {
    return places.acquire(Caller.current().id());
  }

  private StoredUpload storeSpooled(Dataset dataset, ReadOptions reading, InputStream body)
      throws IOException {
    DocumentsVersion documents = requireDocuments(dataset, reading.documents());
    Path file = spool.createFile();
    try {
      Upload.Spooled spooled = copyToSpool(dataset, reading, body, file);
      return new StoredUpload(
          dataset.name(), reading.format(), storeBlob(file), spooled, documents);
    } catch (QuotaOutputStream.QuotaExceeded full) {
      throw full.reason();
    } catch (UploadFault fault) {
      throw problemOf(fault.problem());
    } catch (Upload.RowsRefused refused) {
      throw problemOf(refused.problems());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private @Nullable DocumentsVersion requireDocuments(Dataset dataset, @Nullable String named) {
    if (named == null || named.isBlank()) {
      return null;
    }
    if (dataset.kind() != DatasetKind.QUESTION_ANSWER) {
      throw Problem.invalid("documents", "is for datasets of questions; omit it");
    }
    return DocumentsVersion.of(named)
        .filter(version ->
            catalog.findReadyDocumentsVersion(version.dataset(), version.number()).isPresent())
        .orElseThrow(() ->
            Problem.invalid(
                "documents",
                "must name a READY version of a dataset of documents, such as shop-pages/2"));
  }

  private Upload.Spooled copyToSpool(
      Dataset dataset, ReadOptions reading, InputStream body, Path file) throws IOException {
    try (BlobQuota.QuotaCharge room = blobs.openSpoolCharge();
        OutputStream copy = new QuotaOutputStream(Files.newOutputStream(file), room)) {
      return Upload.spool(
          body, reading.gzip(), reading.format(), UploadSchemas.schemaOf(dataset), limits, copy);
    }
  }

  private Digest storeBlob(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return blobs.put(content);
    }
  }

  private static Problem problemOf(RowProblem fault) {
    return new Problem(problemType(fault.code()), fault.sentence())
        .withFieldError(faultPointer(fault), fault.reason());
  }

  private static IngestProblem problemType(RowProblem.Code code) {
    if (code == RowProblem.Code.TOO_LARGE) {
      return IngestProblem.TOO_LARGE;
    }
    return code.isRowProblem() ? IngestProblem.ROWS_REFUSED : IngestProblem.MALFORMED;
  }

  private static Problem problemOf(List<RowProblem> faults) {
    Problem problem =
        new Problem(
            IngestProblem.ROWS_REFUSED,
            faults.getFirst().sentence()
                + (faults.size() > 1 ? " More are listed in errors." : ""));
    faults.forEach(fault ->
        problem.withFieldError(faultPointer(fault), fault.reason() + ". " + fault.remedy() + "."));
    return problem;
  }

  /**
   * Returns the JSON Pointer of a fault: {@code /rows/17/label}, or {@code /header/label} for a CSV
   * header. Rows count from 1.
   */
  static String faultPointer(RowProblem fault) {
    String field = fault.field();
    String row = fault.row() > 0 ? "/rows/" + fault.row() : "";
    if (field == null) {
      return row;
    }
    String holder = row.isEmpty() ? "/header" : row;
    return holder + JsonPointer.empty().appendProperty(field);
  }
}
