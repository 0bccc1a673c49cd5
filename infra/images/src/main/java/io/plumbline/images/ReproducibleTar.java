package io.plumbline.images;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A tar whose bytes depend on its entries alone: they are sorted by name, belong to user and group
 * 0, and have one time. Paths are relative, such as {@code usr/lib}.
 */
final class ReproducibleTar {

  /** One second after the epoch, which Jib also gives to the files of its layers. */
  private static final long TIME_MILLIS = 1_000;

  private static final int DIRECTORY_MODE = 0755;

  /** Writes the content of a file. */
  interface Source {
    void copyTo(OutputStream out) throws IOException;
  }

  private record Content(int mode, long size, Source source, Optional<String> linkTarget) {

    static Content empty(int mode, Optional<String> linkTarget) {
      return new Content(mode, 0, out -> {}, linkTarget);
    }
  }

  private final Map<String, Content> entries = new TreeMap<>();

  void addDirectory(String path, int mode) {
    addParents(path);
    entries.put(path + "/", Content.empty(mode, Optional.empty()));
  }

  void addFile(String path, int mode, byte[] content) {
    addFile(path, mode, content.length, out -> out.write(content));
  }

  void addFile(String path, int mode, Path file) throws IOException {
    addFile(path, mode, Files.size(file), out -> Files.copy(file, out));
  }

  /** Adds a file of {@code size} bytes, which are read when the tar is written. */
  void addFile(String path, int mode, long size, Source source) {
    addParents(path);
    entries.put(path, new Content(mode, size, source, Optional.empty()));
  }

  void addLink(String path, String target) {
    addParents(path);
    entries.put(path, Content.empty(0777, Optional.of(target)));
  }

  private void addParents(String path) {
    for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
      entries.putIfAbsent(
          path.substring(0, end + 1), Content.empty(DIRECTORY_MODE, Optional.empty()));
    }
  }

  /** Writes the tar, and returns its digest. */
  String writeTo(Path file) throws IOException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(Files.newOutputStream(file), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (Map.Entry<String, Content> each : entries.entrySet()) {
        tar.putArchiveEntry(header(each.getKey(), each.getValue()));
        each.getValue().source().copyTo(tar);
        tar.closeArchiveEntry();
      }
    }
    return Digests.of(file);
  }

  private static TarArchiveEntry header(String name, Content content) {
    TarArchiveEntry header =
        content
            .linkTarget()
            .map(target -> {
              TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
              link.setLinkName(target);
              return link;
            })
            .orElseGet(() -> new TarArchiveEntry(name));
    header.setSize(content.size());
    header.setMode(content.mode());
    header.setModTime(TIME_MILLIS);
    header.setIds(0, 0);
    header.setNames("", "");
    return header;
  }
}
