package io.plumbline.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTests {

  @TempDir Path directory;

  @Test
  void writes_empty_and_large_content() throws IOException {
    for (byte[] content : new byte[][] {{}, new byte[3_000_000]}) {
      Path file = directory.resolve("file");
      DurableFiles.replace(file, content);
      assertThat(file).hasBinaryContent(content);
    }
  }

  @Test
  void replaces_a_file_and_leaves_no_draft() throws IOException {
    Path file = directory.resolve("last.checkpoint");
    DurableFiles.replace(file, new byte[] {1});
    DurableFiles.replace(file, new byte[] {2, 3});
    assertThat(file).hasBinaryContent(new byte[] {2, 3});
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void fails_where_the_directory_does_not_exist() {
    assertThatThrownBy(() -> DurableFiles.replace(directory.resolve("none/file"), new byte[1]))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void leaves_the_former_content_and_no_draft_when_it_cannot_replace_the_file() throws IOException {
    Path occupied = directory.resolve("occupied");
    Files.createDirectories(occupied.resolve("inside"));
    assertThatThrownBy(() -> DurableFiles.replace(occupied, new byte[1]))
        .isInstanceOf(IOException.class);
    assertThat(occupied).isDirectory();
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(occupied);
    }
  }
}
