package io.plumbline.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTests {

  @TempDir Path directory;

  @Test
  void writes_empty_and_large_content() throws IOException {
    for (byte[] content : new byte[][] {{}, new byte[3_000_000]}) {
      Path file = directory.resolve("file");
      DurableFile.write(file, content);
      assertThat(file).hasBinaryContent(content);
    }
  }

  @Test
  void fails_where_the_directory_does_not_exist() {
    assertThatThrownBy(() -> DurableFile.write(directory.resolve("none/file"), new byte[1]))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void leaves_the_former_content_and_no_draft_when_it_cannot_replace_the_file() throws IOException {
    Path occupied = directory.resolve("occupied");
    Files.createDirectories(occupied.resolve("inside"));
    assertThatThrownBy(() -> DurableFile.write(occupied, new byte[1]))
        .isInstanceOf(IOException.class);
    assertThat(occupied).isDirectory();
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(occupied);
    }
  }
}
