package io.plumbline.platform.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.platform.identity.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class BlobPartsTests {

  private static final UUID ACME = new UUID(0, 1);

  private final Caller acme = Caller.system(ACME);
  private final Caller globex = Caller.system(new UUID(0, 2));
  @TempDir private Path directory;
  private BlobParts parts = parts(Path.of("replaced before each test"), new DurableFiles());

  @BeforeEach
  void open() {
    parts = parts(directory, new DurableFiles());
  }

  @Test
  void a_part_is_read_by_every_replica_until_it_is_deleted() throws Exception {
    BlobParts.Part part = acme.call(() -> parts.put(content("abc")));

    assertThat(part.bytes()).isEqualTo(3);
    BlobParts replica = parts(directory, new DurableFiles());
    acme.call(() -> {
      try (InputStream read = replica.open(part.id())) {
        assertThat(read).hasContent("abc");
      }
      replica.delete(part.id());
      parts.delete(part.id());
      assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> parts.open(part.id()));
      return true;
    });
  }

  @Test
  void another_workspace_has_no_such_part() throws Exception {
    BlobParts.Part part = acme.call(() -> parts.put(content("abc")));

    globex.run(() ->
        assertThatExceptionOfType(NoSuchFileException.class)
            .isThrownBy(() -> parts.open(part.id())));
    globex.run(() -> parts.delete(part.id()));
    acme.call(() -> {
      parts.open(part.id()).close();
      return true;
    });
  }

  @Test
  void a_part_that_breaks_off_leaves_nothing() throws IOException {
    InputStream broken =
        new SequenceInputStream(
            content("abc"),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the connection was lost");
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                return read();
              }
            });

    acme.run(() ->
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> parts.put(broken))
            .withMessage("the connection was lost"));

    assertThat(parts.workspaces()).isEmpty();
  }

  @Test
  void parts_count_to_the_quota_of_their_workspace() {
    FolderBlobStore store = new FolderBlobStore(settings(directory, DataSize.ofBytes(5)), "sample");

    acme.run(() -> {
      assertThatExceptionOfType(StorageFullException.class)
          .isThrownBy(() -> store.parts().put(content("abcdef")));
      store.put("abc".getBytes(UTF_8));
      assertThatExceptionOfType(StorageFullException.class)
          .isThrownBy(() -> store.parts().put(content("def")));
    });
    assertThat(store.parts().workspaces()).isEmpty();
  }

  @Test
  void a_part_and_its_name_are_synced_before_its_id_is_given_out() throws Exception {
    List<String> steps = new ArrayList<>();
    DurableFiles noting =
        new DurableFiles() {
          @Override
          void sync(Path path) throws IOException {
            super.sync(path);
            steps.add(directory.relativize(path).toString());
          }
        };

    BlobParts.Part part = acme.call(() -> parts(directory, noting).put(content("abc")));

    assertThat(steps).endsWith(ACME + "/sample/part-" + part.id(), ACME + "/sample");
  }

  @Test
  void a_disk_that_is_full_is_said_and_leaves_nothing() {
    DurableFiles full =
        new DurableFiles() {
          @Override
          void sync(Path path) throws IOException {
            if (Files.isRegularFile(path)) {
              throw new IOException("No space left on device");
            }
          }

          @Override
          long usableSpace(Path folder) {
            return 0;
          }
        };

    acme.run(() ->
        assertThatExceptionOfType(StorageFullException.class)
            .isThrownBy(() -> parts(directory, full).put(content("abc")))
            .withMessageContaining("nothing was kept"));
    assertThat(parts.workspaces()).isEmpty();
  }

  @Test
  void the_workspaces_are_those_with_parts() throws Exception {
    assertThat(parts(directory.resolve("none"), new DurableFiles()).workspaces()).isEmpty();
    FolderBlobStore store =
        new FolderBlobStore(settings(directory, DataSize.ofMegabytes(1)), "sample");
    globex.run(() -> store.put("abc".getBytes(UTF_8)));
    acme.call(() -> parts.put(content("abc")));
    Files.createDirectory(directory.resolve("lost+found"));

    assertThat(parts.workspaces()).containsExactly(ACME);
  }

  private static BlobParts parts(Path directory, DurableFiles files) {
    return new FolderBlobStore(
            settings(directory, DataSize.ofMegabytes(1)), "sample", files, InstantSource.system())
        .parts();
  }

  private static BlobSettings settings(Path directory, DataSize quota) {
    return new BlobSettings(directory, null, quota, Duration.ofDays(7));
  }

  private static InputStream content(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
