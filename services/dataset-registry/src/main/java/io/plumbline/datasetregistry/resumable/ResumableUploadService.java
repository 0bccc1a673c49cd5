package io.plumbline.datasetregistry.resumable;

import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.ingest.IngestProblem;
import io.plumbline.datasetregistry.ingest.IngestService.StartedVersion;
import io.plumbline.datasetregistry.ingest.UploadService;
import io.plumbline.datasetregistry.upload.ExaminedStream;
import io.plumbline.datasetregistry.upload.UploadLimits;
import io.plumbline.platform.blob.BlobParts;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores the parts of uploads, and makes versions of complete uploads. No transaction is open while
 * bytes arrive: a part is stored first, and belongs to the upload when a row in the database names
 * it.
 */
@Service
class ResumableUploadService {

  private final DatasetCatalog catalog;
  private final UploadService uploads;
  private final ResumableUploads rows;
  private final BlobParts parts;
  private final UploadLimits limits;
  private final ResumableSettings settings;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ResumableUploadService(
      DatasetCatalog catalog,
      UploadService uploads,
      ResumableUploads rows,
      BlobParts parts,
      UploadLimits limits,
      ResumableSettings settings,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.catalog = catalog;
    this.uploads = uploads;
    this.rows = rows;
    this.parts = parts;
    this.limits = limits;
    this.settings = settings;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  long maxBytes() {
    return limits.maxBytes().toBytes();
  }

  ResumableUpload create(String dataset, TusRequest request) {
    Dataset named = catalog.dataset(dataset);
    request.requireVersion();
    TusRequest.FileProperties file = request.fileProperties();
    UploadService.requireFormat(named, file.format());
    long length = request.uploadLength();
    if (length < 1) {
      throw Problem.invalid(
          TusRequest.LENGTH,
          "is 0, but an upload has at least one row; send the number of bytes of the file");
    }
    uploads.requireSize(length);
    Instant now = clock.instant();
    ResumableUpload upload =
        new ResumableUpload(
            Ids.next(),
            dataset,
            file.format(),
            file.gzip(),
            length,
            0,
            Caller.current().actor(),
            now.plus(settings.expiry()),
            null);
    removeExpired();
    transaction.executeWithoutResult(status -> {
      if (rows.lockAndCountUnfinished() >= settings.maxUnfinished()) {
        throw new Problem(
            ResumableProblem.TOO_MANY,
            ("The workspace has %d unfinished uploads, which is the maximum. Finish or"
                    + " remove one, or wait: each expires %d hours after its last part.")
                .formatted(settings.maxUnfinished(), settings.expiry().toHours()));
      }
      rows.add(upload, now);
    });
    return upload;
  }

  ResumableUpload find(String dataset, UUID id) {
    return inTransaction(
        () -> rows.find(dataset, id, clock.instant()).orElseThrow(Problem::notFound));
  }

  /**
   * Stores the next part completely or not at all.
   *
   * @param offset the offset at which the sender continues the upload
   * @param announced the Content-Length of the part, or -1
   */
  ResumableUpload appendPart(ResumableUpload upload, long offset, long announced, InputStream body)
      throws IOException {
    requireOffset(upload, offset);
    long left = upload.length() - offset;
    if (left == 0) {
      throw new Problem(
          ResumableProblem.OFFSET,
          "All %,d bytes are stored. Make the version of them.".formatted(upload.length()));
    }
    requirePartSize(announced, left);
    BlobParts.Part part;
    try (UploadService.UploadSlot _ = uploads.acquireSlot()) {
      part = parts.put(boundedPart(body, left));
    }
    boolean added = false;
    try {
      if (part.bytes() < Math.min(left, settings.minPart().toBytes())) {
        throw Problem.invalid(
            "",
            "is a part of %,d bytes; send at least %,d, or all that is left"
                .formatted(part.bytes(), settings.minPart().toBytes()));
      }
      ResumableUpload changed =
          inTransaction(() -> {
            Instant now = clock.instant();
            ResumableUpload locked =
                rows.lock(upload.dataset(), upload.id(), now).orElseThrow(Problem::notFound);
            requireOffset(locked, offset);
            rows.addPart(locked, part, now.plus(settings.expiry()), maxLifetime());
            return rows.find(upload.dataset(), upload.id(), now).orElseThrow(Problem::notFound);
          });
      added = true;
      return changed;
    } finally {
      if (!added) {
        parts.delete(part.id());
      }
    }
  }

  /** Returns the body of a part, whose reading ends when it has more bytes than it may have. */
  private InputStream boundedPart(InputStream body, long left) {
    return new ExaminedStream(body) {
      private long arrived;

      @Override
      protected void examine(byte[] bytes, int offset, int length) {
        arrived += length;
        requirePartSize(arrived, left);
      }
    };
  }

  /**
   * Returns the maximum lifetime of an upload. It is shorter than that of its first part, so that
   * there is time to make a version of it.
   */
  private Duration maxLifetime() {
    return parts.lifetime().multipliedBy(6).dividedBy(7);
  }

  private static void requireOffset(ResumableUpload upload, long offset) {
    if (upload.version() != null) {
      throw new Problem(
          ResumableProblem.OFFSET,
          "Version %d was made of this upload, which takes no further parts. Start a new upload."
              .formatted(upload.version()));
    }
    if (upload.offset() != offset) {
      throw new Problem(
          ResumableProblem.OFFSET,
          "%,d of %,d bytes are stored. Continue at offset %d, which HEAD returns."
              .formatted(upload.offset(), upload.length(), upload.offset()));
    }
  }

  private void requirePartSize(long bytes, long left) {
    long most = settings.maxPart().toBytes();
    if (bytes > most) {
      throw new Problem(
          IngestProblem.TOO_LARGE,
          "A part has at most %d bytes. Send the rest of it as the next part.".formatted(most));
    }
    if (bytes > left) {
      throw new Problem(
          IngestProblem.TOO_LARGE,
          "Only %d bytes of the announced length are left. Send these, or begin another upload."
              .formatted(left));
    }
  }

  /**
   * Makes the version of a complete upload, once: a repeated call returns the same version. An
   * upload whose content is refused is removed, as a plain upload would be.
   *
   * @param documents the version of documents that questions are checked against; absent for none
   */
  StartedVersion makeVersion(String dataset, UUID id, @Nullable String documents)
      throws IOException {
    ResumableUpload upload = find(dataset, id);
    Integer made = upload.version();
    if (made != null) {
      return startedVersion(dataset, made);
    }
    if (!upload.isComplete()) {
      throw new Problem(
          ResumableProblem.INCOMPLETE,
          "%,d of %,d bytes are stored. Send the rest, then make the version."
              .formatted(upload.offset(), upload.length()));
    }
    List<UUID> stored = inTransaction(() -> rows.partIds(id));
    try (InputStream bytes = new PartsInputStream(stored, parts::open)) {
      UploadService.StoredUpload content =
          uploads.store(
              dataset,
              new UploadService.ReadOptions(upload.format(), upload.gzip(), documents),
              bytes);
      StartedVersion started = inTransaction(() -> startOnce(upload, content));
      stored.forEach(parts::delete);
      return started;
    } catch (IOException | RuntimeException failed) {
      // Another request may have finished the upload meanwhile and removed its parts.
      Integer done = find(dataset, id).version();
      if (done != null) {
        return startedVersion(dataset, done);
      }
      if (failed instanceof Problem refused && refused.type() instanceof IngestProblem) {
        remove(upload);
      }
      throw failed;
    }
  }

  /** Starts the version, or returns the one that a concurrent request has started. */
  private StartedVersion startOnce(ResumableUpload upload, UploadService.StoredUpload content) {
    ResumableUpload locked =
        rows.lock(upload.dataset(), upload.id(), clock.instant()).orElseThrow(Problem::notFound);
    Integer made = locked.version();
    if (made != null) {
      return startedVersion(upload.dataset(), made);
    }
    StartedVersion started = uploads.startVersion(content);
    rows.recordVersion(upload.id(), started.version());
    return started;
  }

  private StartedVersion startedVersion(String dataset, int number) {
    DatasetVersion version = catalog.version(dataset, number);
    return StartedVersion.of(version);
  }

  void remove(ResumableUpload upload) {
    List<UUID> stored =
        inTransaction(() -> {
          List<UUID> ids =
              rows.lock(upload.dataset(), upload.id(), clock.instant())
                  .map(locked -> rows.partIds(locked.id()))
                  .orElseThrow(Problem::notFound);
          rows.remove(upload.id());
          return ids;
        });
    stored.forEach(parts::delete);
  }

  /** Removes the expired uploads of the caller's workspace. */
  void removeExpired() {
    List<UUID> stored =
        inTransaction(() ->
            rows.lockExpired(clock.instant()).stream()
                .flatMap(upload -> {
                  List<UUID> ids = rows.partIds(upload);
                  rows.remove(upload);
                  return ids.stream();
                })
                .toList());
    stored.forEach(parts::delete);
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }
}
