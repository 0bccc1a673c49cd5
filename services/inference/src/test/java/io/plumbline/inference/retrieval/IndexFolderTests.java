package io.plumbline.inference.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.blob.ChangedBlob;
import io.plumbline.platform.identity.Caller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

class IndexFolderTests extends InferenceTest {

  @Autowired BlobStore blobs;
  @Autowired Clock clock;
  @TempDir Path directory;

  private final UUID workspace = UUID.randomUUID();

  @Test
  void an_index_that_cannot_be_unpacked_leaves_nothing() throws Exception {
    Digest damaged = Caller.system(workspace).call(() -> blobs.put(zipOf("../index")));

    assertThatThrownBy(() -> Caller.system(workspace).call(() -> folder().open(workspace, damaged)))
        .isInstanceOf(IOException.class);

    assertThat(names()).isEmpty();
  }

  @Test
  void what_nobody_opened_for_a_month_is_removed_and_what_a_killed_process_left_after_an_hour()
      throws Exception {
    unpacked("a".repeat(64), Duration.ofDays(31));
    unpacked("b".repeat(64), Duration.ofDays(29));
    unpacked("incoming1", Duration.ofMinutes(61));
    unpacked("incoming2", Duration.ofMinutes(59));

    folder().removeUnopened();

    assertThat(names()).containsExactly("b".repeat(64), "incoming2");
  }

  @Test
  void an_unpacked_index_that_was_changed_is_unpacked_again() throws Exception {
    Digest blob = Caller.system(workspace).call(() -> blobs.put(packedIndex()));
    IndexFolder folder = folder();
    Caller.system(workspace).run(() -> open(folder, blob));
    Path index = directory.resolve(workspace.toString()).resolve(blob.hex());
    Path file = someFile(index);
    byte[] before = Files.readAllBytes(file);
    byte[] changed = before.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(file, changed);
    Files.writeString(index.resolve("segments_9"), "…");

    Caller.system(workspace).run(() -> open(folder, blob));

    assertThat(file).hasBinaryContent(before);
    assertThat(index.resolve("segments_9")).doesNotExist();
  }

  @Test
  void an_index_whose_blob_was_changed_is_not_opened() throws Exception {
    Digest blob = Caller.system(workspace).call(() -> blobs.put(packedIndex()));
    Path stored = Caller.system(workspace).call(() -> blobs.path(blob));
    byte[] content = Files.readAllBytes(stored);
    content[content.length - 1] ^= 1;
    Files.write(stored, content);

    assertThatThrownBy(() -> Caller.system(workspace).call(() -> folder().open(workspace, blob)))
        .isInstanceOf(ChangedBlob.class);
    assertThat(names()).isEmpty();
  }

  private void open(IndexFolder folder, Digest blob) {
    try (OpenIndex opened = folder.open(workspace, blob)) {
      assertThat(opened).isNotNull();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteArrayInputStream packedIndex() throws IOException {
    Path built = Files.createTempDirectory("index");
    try (LuceneFiles.Builder builder = new LuceneFiles.Builder(built)) {
      builder.add(new LabelledText("1", "a text", "label"), new float[] {1, 0});
      builder.finish();
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    LuceneFiles.pack(built, packed);
    IndexFolder.deleteFolder(built);
    return new ByteArrayInputStream(packed.toByteArray());
  }

  private static Path someFile(Path index) throws IOException {
    try (Stream<Path> files = Files.list(index)) {
      return files.max(Comparator.comparingLong(file -> file.toFile().length())).orElseThrow();
    }
  }

  private IndexFolder folder() {
    return new IndexFolder(
        new IndexSettings(directory, Duration.ZERO, Duration.ZERO), blobs, clock);
  }

  private void unpacked(String name, Duration age) throws IOException {
    Path index = directory.resolve(workspace.toString()).resolve(name);
    Files.createDirectories(index);
    Files.writeString(index.resolve("segments_1"), "…");
    Files.setLastModifiedTime(index, FileTime.from(clock.instant().minus(age)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(workspace.toString()))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static ByteArrayInputStream zipOf(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(1);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
