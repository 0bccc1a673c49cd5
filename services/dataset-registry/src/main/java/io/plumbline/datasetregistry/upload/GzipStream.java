package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.RowProblem;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A stream that decompresses gzip (RFC 1952). It stops a decompression bomb by its ratio, long
 * before the size limit.
 */
final class GzipStream extends ExaminedStream {

  /**
   * The number of decompressed bytes up to which any ratio of decompression is accepted, because
   * short repetitive files have a high one.
   */
  private static final long HARMLESS_BYTES = 1 << 20;

  private final BoundedStream compressed;
  private final int maxRatio;
  private long plain;

  private GzipStream(InputStream in, BoundedStream compressed, int maxRatio) {
    super(in);
    this.compressed = compressed;
    this.maxRatio = maxRatio;
  }

  static GzipStream over(BoundedStream compressed, int maxRatio) throws IOException {
    try {
      return new GzipStream(new GZIPInputStream(compressed, 1 << 13), compressed, maxRatio);
    } catch (ZipException | EOFException e) {
      throw notGzipFault();
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return super.read(target, offset, length);
    } catch (ZipException | EOFException e) {
      throw notGzipFault();
    }
  }

  @Override
  protected void examine(byte[] bytes, int offset, int length) throws UploadFault {
    plain += length;
    if (plain > HARMLESS_BYTES && plain / maxRatio > compressed.bytesRead()) {
      throw new UploadFault(
          RowProblem.Code.TOO_LARGE,
          "decompresses to more than " + maxRatio + " times its size",
          "Send it without compression");
    }
  }

  private static UploadFault notGzipFault() {
    return new UploadFault(
        RowProblem.Code.NOT_GZIP,
        "is not a complete gzip stream",
        "Compress it again, or omit Content-Encoding when it is plain");
  }
}
