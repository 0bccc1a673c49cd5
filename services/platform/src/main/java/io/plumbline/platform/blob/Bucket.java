package io.plumbline.platform.blob;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.observability.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The objects of a bucket under the prefix that was set. Every method that calls the API ends with
 * {@link StorageUnavailableException} when the bucket cannot be used.
 */
final class Bucket implements AutoCloseable {

  /** The size from which an object is uploaded in parts, and the minimum size of these. */
  private static final long PART = 8L << 20;

  /** The maximum number of parts of an object; the API allows 10,000. */
  private static final long MAX_PARTS = 9_000;

  private static final Duration CHECK = Duration.ofSeconds(2);
  private static final int CHUNK = 1 << 16;
  private static final Logger log = LoggerFactory.getLogger(Bucket.class);

  /**
   * An object of the bucket.
   *
   * @param key its key without the prefix
   */
  record Entry(String key, long bytes, Instant modified) {}

  private final S3Client s3;
  private final String name;
  private final String prefix;
  private final MeterRegistry meters;

  Bucket(S3Client s3, BucketSettings settings, MeterRegistry meters) {
    this.s3 = s3;
    this.name = settings.bucket();
    this.prefix = settings.prefix();
    this.meters = meters;
  }

  /**
   * Uploads a file. The API compares what it receives with SHA-256 checksums. A large file is
   * uploaded in parts that are read from the disk as they are sent, and becomes an object only when
   * it is complete.
   */
  void put(String key, Path file) throws IOException {
    long bytes = Files.size(file);
    if (bytes <= PART) {
      String checksum = checksum(file, 0, bytes);
      call(
          "put",
          () ->
              s3.putObject(
                  request -> request.bucket(name).key(prefix + key).checksumSHA256(checksum),
                  body(file, 0, bytes)));
    } else {
      putInParts(key, file, bytes, Math.max(PART, bytes / MAX_PARTS + 1));
    }
  }

  private void putInParts(String key, Path file, long bytes, long part) throws IOException {
    String upload =
        call(
            "create-upload",
            () ->
                s3.createMultipartUpload(request ->
                        request
                            .bucket(name)
                            .key(prefix + key)
                            .checksumAlgorithm(ChecksumAlgorithm.SHA256))
                    .uploadId());
    boolean complete = false;
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (long from = 0; from < bytes; from += part) {
        parts.add(putPart(key, upload, parts.size() + 1, file, from, Math.min(part, bytes - from)));
      }
      call(
          "complete-upload",
          () ->
              s3.completeMultipartUpload(request ->
                  request
                      .bucket(name)
                      .key(prefix + key)
                      .uploadId(upload)
                      .multipartUpload(all -> all.parts(parts))));
      complete = true;
    } finally {
      if (!complete) {
        abortQuietly(prefix + key, upload);
      }
    }
  }

  private CompletedPart putPart(
      String key, String upload, int number, Path file, long from, long length) throws IOException {
    String checksum = checksum(file, from, length);
    String tag =
        call(
            "put-part",
            () ->
                s3.uploadPart(
                        request ->
                            request
                                .bucket(name)
                                .key(prefix + key)
                                .uploadId(upload)
                                .partNumber(number)
                                .checksumSHA256(checksum),
                        body(file, from, length))
                    .eTag());
    return CompletedPart.builder().partNumber(number).eTag(tag).checksumSHA256(checksum).build();
  }

  /** Aborts an upload. What cannot be aborted now is removed with the garbage. */
  private void abortQuietly(String fullKey, String upload) {
    try {
      abort(fullKey, upload);
    } catch (StorageUnavailableException later) {
      log.warn("The upload of {} could not be aborted; it is tried again later", fullKey);
    }
  }

  private void abort(String fullKey, String upload) {
    call(
        "abort-upload",
        () -> {
          try {
            return s3.abortMultipartUpload(
                request -> request.bucket(name).key(fullKey).uploadId(upload));
          } catch (NoSuchUploadException another) {
            return another;
          }
        });
  }

  /** Opens an object for reading; null when it does not exist. */
  @Nullable InputStream get(String key) {
    Object found =
        call(
            "get",
            () -> {
              try {
                return s3.getObject(request -> request.bucket(name).key(prefix + key));
              } catch (NoSuchKeyException none) {
                return none;
              }
            });
    return found instanceof InputStream content ? new BucketStream(content) : null;
  }

  /** Deletes an object; does nothing when it does not exist. */
  void delete(String key) {
    call("delete", () -> s3.deleteObject(request -> request.bucket(name).key(prefix + key)));
  }

  /** Returns the objects whose keys begin with a text, in the order of their keys. */
  List<Entry> list(String start) {
    List<Entry> entries = new ArrayList<>();
    forEach(start, entries::add);
    return entries;
  }

  /** Calls a consumer with each object whose key begins with a text. */
  void forEach(String start, Consumer<Entry> consumer) {
    String after = null;
    do {
      String continuation = after;
      after =
          call(
              "list",
              () -> {
                var page =
                    s3.listObjectsV2(request ->
                        request
                            .bucket(name)
                            .prefix(prefix + start)
                            .continuationToken(continuation));
                page.contents()
                    .forEach(each ->
                        consumer.accept(
                            new Entry(
                                each.key().substring(prefix.length()),
                                each.size(),
                                each.lastModified())));
                return page.nextContinuationToken();
              });
    } while (after != null);
  }

  /** Returns the names that occur in keys after a text and before the next slash. */
  List<String> folders(String start) {
    return call(
        "list",
        () ->
            s3
                .listObjectsV2Paginator(
                    request -> request.bucket(name).prefix(prefix + start).delimiter("/"))
                .commonPrefixes()
                .stream()
                .map(each -> each.prefix())
                .map(each -> each.substring((prefix + start).length(), each.length() - 1))
                .toList());
  }

  /** Returns whether the key of any object begins with a text. */
  boolean hasAny(String start) {
    return call(
        "list",
        () ->
            !s3.listObjectsV2(request -> request.bucket(name).prefix(prefix + start).maxKeys(1))
                .contents()
                .isEmpty());
  }

  /** Ends uploads in parts that were started before a time and never completed. */
  void abortUploads(String start, Predicate<String> own, Instant before) {
    List<MultipartUpload> broken =
        call(
            "list-uploads",
            () ->
                s3
                    .listMultipartUploadsPaginator(
                        request -> request.bucket(name).prefix(prefix + start))
                    .uploads()
                    .stream()
                    .filter(each -> each.initiated().isBefore(before))
                    .filter(each -> own.test(each.key().substring(prefix.length())))
                    .toList());
    broken.forEach(each -> abort(each.key(), each.uploadId()));
  }

  /** Checks within two seconds whether the bucket can be listed. */
  void check() {
    call(
        "check",
        () ->
            s3.listObjectsV2(request ->
                request
                    .bucket(name)
                    .prefix(prefix)
                    .maxKeys(1)
                    .overrideConfiguration(limits -> limits.apiCallTimeout(CHECK))));
  }

  @Override
  public void close() {
    s3.close();
  }

  private <T> T call(String operation, Supplier<T> request) {
    Timer.Sample sample = Timer.start(meters);
    String outcome = "failed";
    try {
      T answer = request.get();
      outcome = "answered";
      return answer;
    } catch (SdkException e) {
      throw unavailable(e);
    } finally {
      sample.stop(Metrics.BUCKET_CALLS.timer(meters, "operation", operation, "outcome", outcome));
    }
  }

  private StorageUnavailableException unavailable(Exception cause) {
    log.warn("The bucket {} cannot be used: {}", name, cause.getMessage());
    return new StorageUnavailableException(
        cause instanceof S3Exception refused && refused.statusCode() < 500
            ? "The store of datasets, models and indexes rejects this service's requests. Try"
                + " again later, and report it to the operator if it lasts."
            : "The store of datasets, models and indexes cannot be reached. Try again later.",
        cause);
  }

  private static RequestBody body(Path file, long from, long length) {
    return RequestBody.fromContentProvider(
        () -> {
          try {
            return new FileRange(file, from, length);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        length,
        "application/octet-stream");
  }

  private static String checksum(Path file, long from, long length) throws IOException {
    MessageDigest sha256 = Digest.sha256();
    byte[] chunk = new byte[CHUNK];
    try (InputStream content = new FileRange(file, from, length)) {
      for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
        sha256.update(chunk, 0, read);
      }
    }
    return Base64.getEncoder().encodeToString(sha256.digest());
  }

  /** The bytes of an object. A connection that breaks off is reported as an unusable bucket. */
  private final class BucketStream extends InputStream {

    private final InputStream content;

    BucketStream(InputStream content) {
      this.content = content;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      try {
        return content.read(target, offset, length);
      } catch (IOException | SdkException e) {
        throw unavailable(e);
      }
    }

    @Override
    public int available() {
      try {
        return content.available();
      } catch (IOException e) {
        throw unavailable(e);
      }
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }

  /** A part of a file as a stream. */
  private static final class FileRange extends InputStream {

    private final InputStream content;
    private long left;

    FileRange(Path file, long from, long length) throws IOException {
      this.content = Files.newInputStream(file);
      this.left = length;
      content.skipNBytes(from);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int read = left == 0 ? -1 : content.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
