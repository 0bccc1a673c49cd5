package io.plumbline.datasetregistry.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentReaderTests {

  @TempDir Path directory;

  @Test
  void reads_file_after_file_and_goes_on_after_one_that_cannot_be_read() throws Exception {
    try (DocumentReader reader = new DocumentReader(directory)) {
      Files.writeString(reader.inputPath(), "# Returns");
      assertThat(reader.read(FileType.MARKDOWN, reader.inputPath()))
          .isEqualTo(new ExtractedText("Returns", "# Returns"));
      Files.write(reader.inputPath(), SamplePdf.broken());
      assertThatThrownBy(() -> reader.read(FileType.PDF, reader.inputPath()))
          .isInstanceOf(UnreadableFile.class)
          .hasMessageContaining("is broken");
      Files.write(reader.inputPath(), SamplePdf.of("Title", List.of("text")));
      assertThat(reader.read(FileType.PDF, reader.inputPath()).title()).isEqualTo("Title");
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void a_file_that_asks_for_all_memory_costs_its_process_and_not_the_next_file() throws Exception {
    try (DocumentReader reader = new DocumentReader(directory)) {
      Files.write(reader.inputPath(), SamplePdf.largeObjects(1_000_000_000L));
      assertThat(Files.size(reader.inputPath())).isLessThan(3_000_000);
      assertThatThrownBy(() -> reader.read(FileType.PDF, reader.inputPath()))
          .isInstanceOf(UnreadableFile.class)
          .hasMessageContaining("needs more memory");
      Files.writeString(reader.inputPath(), "text");
      assertThat(reader.read(FileType.TEXT, reader.inputPath()).text()).isEqualTo("text");
      assertThat(reader.hasExceededLimits()).isFalse();
    }
    assertThat(left()).isEmpty();
  }

  @Test
  void a_file_that_takes_too_long_is_refused_and_few_of_them_are_tried() throws Exception {
    try (DocumentReader reader = reader(Duration.ofMillis(1), DocumentReader.UPLOAD_TIMEOUT)) {
      Files.writeString(reader.inputPath(), "text");
      for (int i = 0; i < DocumentReader.MAX_FATAL_FILES; i++) {
        assertThat(reader.hasExceededLimits()).isFalse();
        assertThatThrownBy(() -> reader.read(FileType.TEXT, reader.inputPath()))
            .isInstanceOf(UnreadableFile.class)
            .hasMessageContaining("takes more than");
      }
      assertThat(reader.hasExceededLimits()).isTrue();
    }
    assertThat(left()).isEmpty();
  }

  /**
   * Without this limit, 20,000 files that each take half a minute would keep the uploads of others
   * waiting for days.
   */
  @Test
  void no_more_files_are_read_when_all_took_too_long() throws Exception {
    try (DocumentReader reader = reader(DocumentReader.FILE_TIMEOUT, Duration.ZERO)) {
      Files.writeString(reader.inputPath(), "text");
      assertThat(reader.hasExceededLimits()).isFalse();
      assertThat(reader.read(FileType.TEXT, reader.inputPath()).text()).isEqualTo("text");
      assertThat(reader.hasExceededLimits()).isTrue();
    }
    assertThat(left()).isEmpty();
  }

  private DocumentReader reader(Duration patience, Duration total) throws IOException {
    return new DocumentReader(directory, patience, total);
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
