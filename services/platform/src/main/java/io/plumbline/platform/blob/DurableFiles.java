package io.plumbline.platform.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Files that survive the loss of power once a method has returned: a file's bytes are in the file,
 * but its name is in its folder, and each is synced by itself.
 */
class DurableFiles {

  OutputStream create(Path file) throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
  }

  /** Of a file its bytes, of a folder its entries. */
  void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      channel.force(true);
    }
  }

  /** With the folders above it that are missing. */
  void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = Objects.requireNonNull(folder.getParent());
    createFolder(parent);
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException another) {
      // Made by another process just now, which may not have synced it yet.
    }
    sync(parent);
  }

  /** Bytes that the disk below the folder takes; of the nearest one above it that exists. */
  long usableSpace(Path folder) throws IOException {
    return Files.exists(folder)
        ? Files.getFileStore(folder).getUsableSpace()
        : usableSpace(Objects.requireNonNull(folder.getParent()));
  }

  /** Gives a whole file its name, in place of the one that has it. */
  void publish(Path file, Path target) throws IOException {
    sync(file);
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(Objects.requireNonNull(target.getParent()));
  }
}
