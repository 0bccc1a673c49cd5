package io.plumbline.datasetregistry.resumable;

import io.plumbline.datasetregistry.ingest.IngestProblem;
import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request of the tus protocol, version 1.0.0. The core protocol and the extensions
 * creation, expiration and termination are supported (<a
 * href="https://tus.io/protocols/resumable-upload">tus.io</a>).
 *
 * @param headers returns a header by its name, and null for an absent one
 */
record TusRequest(UnaryOperator<@Nullable String> headers) {

  static final String VERSION = "1.0.0";
  static final String RESUMABLE = "Tus-Resumable";
  static final String VERSIONS = "Tus-Version";
  static final String EXTENSION = "Tus-Extension";
  static final String EXTENSIONS = "creation,expiration,termination";
  static final String LENGTH = "Upload-Length";
  static final String OFFSET = "Upload-Offset";
  static final String EXPIRES = "Upload-Expires";
  static final String METADATA = "Upload-Metadata";
  static final String PART_TYPE = "application/offset+octet-stream";

  /** The properties of a file that the metadata give. */
  record FileProperties(Format format, boolean gzip) {}

  /**
   * Checks the version of the protocol. A client that names none is taken for one of this version.
   *
   * @throws Problem 412 for another version
   */
  void requireVersion() {
    String version = headers.apply(RESUMABLE);
    if (version != null && !version.equals(VERSION)) {
      throw new Problem(
          ResumableProblem.VERSION,
          "The version in %s is not supported. Send %s: %s, or omit the header."
              .formatted(RESUMABLE, RESUMABLE, VERSION));
    }
  }

  long uploadLength() {
    return byteCount(LENGTH);
  }

  long uploadOffset() {
    return byteCount(OFFSET);
  }

  private long byteCount(String name) {
    String value = headers.apply(name);
    if (value == null) {
      throw Problem.invalid(name, "is missing: send a number of bytes");
    }
    if (!value.matches("\\d{1,18}")) {
      throw Problem.invalid(name, "is not a number of bytes; write it in digits only");
    }
    return Long.parseLong(value);
  }

  /**
   * Checks the media type of a part. A part of any other type would not be streamed.
   *
   * @throws Problem 415 for another type
   */
  void requirePartType(@Nullable String contentType) {
    if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith(PART_TYPE)) {
      throw new Problem(
          IngestProblem.UNKNOWN_TYPE,
          "The Content-Type is not that of a part. Send the part as " + PART_TYPE + ".");
    }
  }

  /**
   * Reads the file's properties from the metadata: {@code filetype} is the media type, {@code
   * encoding} is gzip, identity or absent. Other metadata, which tus clients may send, are ignored.
   */
  FileProperties fileProperties() {
    Map<String, String> metadata = metadata();
    Format format =
        Format.of(metadata.get("filetype"))
            .orElseThrow(() ->
                new Problem(
                    IngestProblem.UNKNOWN_TYPE,
                    "The filetype in "
                        + METADATA
                        + " is missing or not supported. Name text/csv, application/x-ndjson or"
                        + " application/zip as filetype, in base64."));
    String encoding = metadata.getOrDefault("encoding", "identity");
    boolean gzip = encoding.equalsIgnoreCase("gzip");
    if (!gzip && !encoding.equalsIgnoreCase("identity")) {
      throw new Problem(
          IngestProblem.UNKNOWN_TYPE,
          "The encoding in "
              + METADATA
              + " is not supported. Send the file plain, or compress it with gzip and name gzip as"
              + " encoding, in base64.");
    }
    return new FileProperties(format, gzip);
  }

  /** Parses the metadata: pairs of a key and its value in base64, which may be absent. */
  private Map<String, String> metadata() {
    Map<String, String> metadata = new HashMap<>();
    String sent = headers.apply(METADATA);
    for (String pair : (sent == null ? "" : sent).split(",", -1)) {
      String[] parts = pair.strip().split(" ", 2);
      try {
        metadata.put(parts[0], decoded(parts));
      } catch (IllegalArgumentException notBase64) {
        throw Problem.invalid(
            METADATA, "has a value that is not in base64; encode every value in base64");
      }
    }
    return metadata;
  }

  private static String decoded(String[] pair) {
    if (pair.length == 1) {
      return "";
    }
    return new String(Base64.getDecoder().decode(pair[1].strip()), StandardCharsets.UTF_8);
  }
}
