package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.document.FileType;
import io.plumbline.datasetregistry.document.UnreadableFile;
import io.plumbline.datasetregistry.row.RowProblem;
import io.plumbline.items.Document;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a zip archive in the order in which they arrive. Their paths serve as names
 * only; nothing is ever written to them. The number of entries, the bytes of each file and of all,
 * and the ratio of decompression are limited.
 */
final class ZipFiles {

  /** The maximum number of entries, folders included. */
  static final int MAX_ENTRIES = 20_000;

  /** The maximum bytes of a decompressed file. */
  static final int MAX_FILE = 64 * 1024 * 1024;

  /**
   * The number of decompressed bytes up to which any ratio of decompression is accepted, because
   * short repetitive files have a high one.
   */
  private static final long HARMLESS_BYTES = 1 << 20;

  /** The names of files and folders that operating systems add to archives. */
  private static final Set<String> LITTER = Set.of("__MACOSX", ".DS_Store", "Thumbs.db");

  /** A file that was found in the archive, or the problem of a file that cannot be read. */
  sealed interface Found {

    record File(long number, String path, FileType type) implements Found {}

    record Refused(RowProblem problem) implements Found {}
  }

  private final ZipEndStream end;
  private final BoundedStream compressed;
  private final ZipInputStream zip;
  private final UploadLimits limits;
  private final byte[] buffer = new byte[1 << 14];
  private long entries;
  private long files;
  private long plain;

  ZipFiles(InputStream archive, UploadLimits limits) {
    this.end = new ZipEndStream(archive);
    this.compressed = new BoundedStream(end, Long.MAX_VALUE, "archive");
    this.zip = new ZipInputStream(compressed, StandardCharsets.UTF_8);
    this.limits = limits;
  }

  /** Returns the next file, or null at the end. */
  @Nullable Found next() throws IOException {
    for (ZipEntry entry = nextEntry(); entry != null; entry = nextEntry()) {
      if (++entries > MAX_ENTRIES) {
        throw new UploadFault(
            RowProblem.Code.TOO_LARGE,
            "has more than %,d files and folders".formatted(MAX_ENTRIES),
            "Split it into several datasets");
      }
      String path = entry.getName();
      if (!entry.isDirectory() && !isLitter(path)) {
        files++;
        Optional<String> flaw = pathFlaw(path);
        Optional<FileType> type = FileType.of(path);
        if (flaw.isPresent()) {
          return refusedFile(
              path,
              RowProblem.Code.WRONG_TYPE,
              flaw.get(),
              "Give it a path such as rules/returns.md");
        }
        if (type.isEmpty()) {
          return refusedFile(
              path,
              RowProblem.Code.WRONG_TYPE,
              "is neither text nor Markdown, HTML or PDF by the ending of its name",
              "Leave it out of the archive; nested archives are not opened");
        }
        return new Found.File(files, path, type.get());
      }
    }
    if (entries > 0) {
      compressed.transferTo(OutputStream.nullOutputStream());
      if (!end.hasEndRecord()) {
        throw notZipFault();
      }
    }
    return null;
  }

  private @Nullable ZipEntry nextEntry() throws IOException {
    try {
      skipRest();
      return zip.getNextEntry();
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw notZipFault();
    }
  }

  /** Decompresses the rest of an entry to find its end. These bytes count towards the limits. */
  private void skipRest() throws IOException {
    if (entries > 0) {
      for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
        countBytes(read);
      }
    }
  }

  /**
   * Copies the file that was found last.
   *
   * @throws UnreadableFile when the file is too large; the next one can still be read
   */
  void copy(OutputStream target) throws IOException, UnreadableFile {
    long size = 0;
    try {
      for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
        countBytes(read);
        size += read;
        if (size > MAX_FILE) {
          throw new UnreadableFile(
              RowProblem.Code.TOO_LARGE,
              "has more than %,d bytes".formatted(MAX_FILE),
              "Divide it into several files");
        }
        target.write(buffer, 0, read);
      }
    } catch (ZipException | EOFException e) {
      throw notZipFault();
    }
  }

  private void countBytes(int bytes) throws UploadFault {
    plain += bytes;
    if (plain > HARMLESS_BYTES && plain / limits.maxGzipRatio() > compressed.bytesRead()) {
      throw new UploadFault(
          RowProblem.Code.TOO_LARGE,
          "decompresses to more than " + limits.maxGzipRatio() + " times its size",
          "Leave out the files that compress so well, or send them as JSON Lines");
    }
    if (plain > limits.maxPlainBytes().toBytes()) {
      throw new UploadFault(
          RowProblem.Code.TOO_LARGE,
          "has files of more than " + limits.maxPlainBytes().toBytes() + " bytes in all",
          "Split it into several datasets");
    }
  }

  private Found.Refused refusedFile(
      String path, RowProblem.Code code, String reason, String remedy) {
    return new Found.Refused(fileProblem(files, path, code, reason, remedy));
  }

  /** Returns the problem of a file, with its path cut to the maximum length of a document id. */
  static RowProblem fileProblem(
      long number, String path, RowProblem.Code code, String reason, String remedy) {
    StringBuilder shown = new StringBuilder();
    path.codePoints()
        .limit(Document.MAX_ID)
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
        .forEach(shown::appendCodePoint);
    return new RowProblem(code, number, 0, shown.toString(), null, reason, remedy);
  }

  private static boolean isLitter(String path) {
    List<String> names = Arrays.asList(path.split("/", -1));
    return LITTER.contains(names.getFirst()) || LITTER.contains(names.getLast());
  }

  private static Optional<String> pathFlaw(String path) {
    if (path.length() > Document.MAX_ID) {
      return Optional.of("has a path of more than %,d characters".formatted(Document.MAX_ID));
    }
    if (path.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("has a control character in its path");
    }
    if (path.indexOf('\\') >= 0
        || path.matches("[A-Za-z]:.*")
        || Arrays.stream(path.split("/", -1))
            .anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."))) {
      return Optional.of("has a path that leads out of the archive");
    }
    return Optional.empty();
  }

  private static UploadFault notZipFault() {
    return new UploadFault(
        RowProblem.Code.SYNTAX,
        "is not a complete zip archive without encryption, with names in UTF-8",
        "Pack it again, without a password");
  }
}
