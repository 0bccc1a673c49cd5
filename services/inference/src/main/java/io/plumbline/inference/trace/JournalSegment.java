package io.plumbline.inference.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The format of one file of a journal: a mark of eight bytes, then records, each with its length
 * and the CRC-32C (RFC 3720, appendix B.4) of its bytes before it, both big-endian.
 */
final class JournalSegment {

  static final byte[] MARK = "PLTRACE1".getBytes(StandardCharsets.US_ASCII);

  /** The number of bytes of the length and the checksum. */
  private static final int HEAD = 2 * Integer.BYTES;

  private static final String SUFFIX = ".journal";

  private JournalSegment() {}

  /** Returns the files of a journal's folder in the order in which they were written. */
  static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  static Path pathIn(Path folder, long number) {
    return folder.resolve("%012d%s".formatted(number, SUFFIX));
  }

  /** Keeps a file for people to examine, under a name that is not read as a journal. */
  static void setAside(Path file) throws IOException {
    Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"));
  }

  /**
   * The content of a file.
   *
   * @param whole false when a record in the middle differs from what was written, so that the
   *     records after it cannot be found; an incomplete last record does not count, because its
   *     write never returned
   */
  record Content(List<byte[]> records, boolean whole) {}

  /** Returns the bytes of a record with its length and checksum, for a single write. */
  static byte[] frame(byte[] record) {
    return ByteBuffer.allocate(HEAD + record.length)
        .putInt(record.length)
        .putInt(checksum(record))
        .put(record)
        .array();
  }

  static Content read(Path file) throws IOException {
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
    List<byte[]> records = new ArrayList<>();
    if (content.remaining() < MARK.length) {
      return new Content(records, true);
    }
    byte[] mark = new byte[MARK.length];
    content.get(mark);
    if (!Arrays.equals(mark, MARK)) {
      return new Content(records, false);
    }
    while (content.remaining() >= HEAD) {
      int length = content.getInt();
      int checksum = content.getInt();
      if (length < 0) {
        return new Content(records, false);
      }
      if (length > content.remaining()) {
        break;
      }
      byte[] record = new byte[length];
      content.get(record);
      if (checksum != checksum(record)) {
        return new Content(records, !content.hasRemaining());
      }
      records.add(record);
    }
    return new Content(records, true);
  }

  private static int checksum(byte[] record) {
    CRC32C crc = new CRC32C();
    crc.update(record);
    return (int) crc.getValue();
  }
}
