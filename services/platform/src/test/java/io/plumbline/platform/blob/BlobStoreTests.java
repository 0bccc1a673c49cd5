package io.plumbline.platform.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.PlatformRunner;
import io.plumbline.platform.identity.Caller;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class BlobStoreTests {

  private static final byte[] CONTENT = "abc".getBytes(UTF_8);
  private static final DataSize QUOTA = DataSize.ofMegabytes(1);
  private static final InstantSource HOUR_AHEAD = () -> Instant.now().plus(Duration.ofHours(1));
  private static final Digest DIGEST = Digest.ofText("abc");

  private final Caller acme = Caller.system(new UUID(0, 1));
  private final Caller globex = Caller.system(new UUID(0, 2));
  @TempDir private Path directory;
  private BlobStore blobs = store(Path.of("replaced before each test"), QUOTA);

  @BeforeEach
  void open() {
    blobs = store(directory, QUOTA);
  }

  @Test
  void content_is_found_by_its_digest() throws Exception {
    acme.call(() -> {
      assertThat(blobs.put(CONTENT)).isEqualTo(DIGEST);
      assertThat(blobs.exists(DIGEST)).isTrue();
      assertThat(blobs.size(DIGEST)).isEqualTo(3);
      try (InputStream stored = blobs.open(DIGEST)) {
        assertThat(stored.readAllBytes()).isEqualTo(CONTENT);
      }
      return true;
    });
  }

  @Test
  void to_know_a_digest_is_no_permission_to_another_workspaces_content() {
    acme.run(() -> blobs.put(CONTENT));

    globex.run(() -> {
      assertThat(blobs.exists(DIGEST)).isFalse();
      assertThatExceptionOfType(UnknownBlob.class).isThrownBy(() -> blobs.open(DIGEST));
      assertThatExceptionOfType(UnknownBlob.class).isThrownBy(() -> blobs.size(DIGEST));
    });
  }

  @Test
  void the_same_content_is_kept_once() throws Exception {
    acme.run(() -> {
      blobs.put(CONTENT);
      blobs.put(CONTENT);
    });

    assertThat(files()).containsExactly(acme.call(() -> blobs.path(DIGEST)));
  }

  @Test
  void content_that_breaks_off_leaves_nothing() throws IOException {
    InputStream broken = InputStream.nullInputStream();
    broken.close();

    acme.run(() ->
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> blobs.put(broken)));

    assertThat(files()).isEmpty();
  }

  @Test
  void the_stream_stays_the_callers_to_close() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream content =
        new ByteArrayInputStream(CONTENT) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    acme.run(() -> blobs.put(content));

    assertThat(closed).isFalse();
  }

  /** A crash after the answer must not lose a name that nothing synced. */
  @Test
  void the_file_and_every_folder_with_a_new_entry_is_synced_before_the_digest_is_given_out() {
    List<String> steps = new ArrayList<>();
    DurableFiles noting =
        new DurableFiles() {
          @Override
          void sync(Path path) throws IOException {
            super.sync(path);
            steps.add(directory.relativize(path).toString());
          }
        };
    FolderBlobStore store =
        new FolderBlobStore(settings(directory, QUOTA), "training", noting, InstantSource.system());

    acme.run(() -> store.put(CONTENT));

    String space = new UUID(0, 1).toString();
    String folder = space + "/training/" + DIGEST.hex().substring(0, 2);
    assertThat(steps).startsWith("", space, space + "/training").endsWith(folder);
    assertThat(steps.get(3)).startsWith(space + "/training/incoming-");
  }

  @Test
  void services_read_each_others_content_and_write_their_own() throws Exception {
    BlobStore other = new FolderBlobStore(settings(directory, QUOTA), "inference");
    acme.run(() -> blobs.put(CONTENT));

    acme.run(() -> {
      assertThat(other.size(DIGEST)).isEqualTo(3);
      other.put(CONTENT);
    });

    assertThat(files()).hasSize(2);
  }

  @Test
  void a_workspace_keeps_what_its_quota_allows_and_others_keep_theirs() throws Exception {
    BlobStore small = store(directory, DataSize.ofBytes(5));
    acme.run(() -> small.put(CONTENT));

    acme.run(() ->
        assertThatExceptionOfType(StorageFullException.class)
            .isThrownBy(() -> small.put("defg".getBytes(UTF_8)))
            .withMessageContaining("raise plumbline.blobs.quota"));
    assertThat(files()).containsExactly(acme.call(() -> small.path(DIGEST)));
    acme.run(() -> small.put("de".getBytes(UTF_8)));
    globex.run(() -> small.put(CONTENT));
  }

  @Test
  void what_is_spooled_elsewhere_counts_until_it_is_closed() {
    BlobStore small = store(directory, DataSize.ofBytes(5));

    acme.run(() -> {
      try (BlobQuota.QuotaCharge spooled = small.openSpoolCharge();
          BlobQuota.QuotaCharge other = small.openSpoolCharge()) {
        spooled.add(3);
        assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> other.add(3));
        assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> small.put(CONTENT));
        other.add(2);
      }
      small.put(CONTENT);
      try (BlobQuota.QuotaCharge spooled = small.openSpoolCharge()) {
        assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> spooled.add(3));
      }
    });
  }

  @Test
  void what_is_spooled_elsewhere_counts_when_the_space_is_measured_again() {
    AtomicLong now = new AtomicLong();
    BlobQuota quota = new BlobQuota(DataSize.ofBytes(5), now::get);
    UUID workspace = new UUID(0, 1);
    Path space = directory.resolve(workspace.toString());
    quota.openSpoolCharge(workspace, () -> BlobSpaces.measure(List.of(space))).add(3);
    now.addAndGet(Duration.ofMinutes(1).toNanos());

    assertThatExceptionOfType(StorageFullException.class)
        .isThrownBy(
            () -> quota.openCharge(workspace, () -> BlobSpaces.measure(List.of(space))).add(3));
  }

  @Test
  void the_same_content_counts_once() {
    BlobStore small = store(directory, DataSize.ofBytes(6));

    acme.run(() -> {
      small.put(CONTENT);
      small.put(CONTENT);
      small.put(CONTENT);
    });
  }

  @Test
  void what_others_wrote_counts_from_the_next_minute_on() {
    AtomicLong now = new AtomicLong();
    BlobQuota quota = new BlobQuota(DataSize.ofBytes(5), now::get);
    UUID workspace = new UUID(0, 1);
    Path space = directory.resolve(workspace.toString());
    quota.openCharge(workspace, () -> BlobSpaces.measure(List.of(space))).close();
    acme.run(() -> blobs.put(CONTENT));
    quota.openCharge(workspace, () -> BlobSpaces.measure(List.of(space))).add(3);
    now.addAndGet(Duration.ofMinutes(1).toNanos());

    assertThatExceptionOfType(StorageFullException.class)
        .isThrownBy(
            () -> quota.openCharge(workspace, () -> BlobSpaces.measure(List.of(space))).add(3));
  }

  @Test
  void a_disk_that_takes_no_more_is_an_error_and_leaves_nothing() throws Exception {
    FolderBlobStore store =
        new FolderBlobStore(
            settings(directory, QUOTA), "sample", new Broken(), InstantSource.system());

    acme.run(() ->
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> store.put(CONTENT)));

    assertThat(files()).isEmpty();
    acme.run(() -> assertThat(store.exists(DIGEST)).isFalse());
  }

  /** A workspace's folder, or that of a service, can be a disk of its own. */
  @Test
  void a_disk_is_full_when_the_one_that_is_written_to_is() {
    Path own = directory.resolve(new UUID(0, 1).toString()).resolve("sample");
    Broken full =
        new Broken() {
          @Override
          long usableSpace(Path folder) {
            return folder.equals(own) ? 0 : Long.MAX_VALUE;
          }
        };
    FolderBlobStore store =
        new FolderBlobStore(settings(directory, QUOTA), "sample", full, InstantSource.system());

    acme.run(() ->
        assertThatExceptionOfType(StorageFullException.class)
            .isThrownBy(() -> store.put(CONTENT))
            .withMessageContaining("full; nothing was kept"));
  }

  @Test
  void a_folder_that_is_not_there_yet_has_the_space_of_the_one_above_it() throws IOException {
    assertThat(new DurableFiles().usableSpace(directory.resolve("a").resolve("b"))).isPositive();
  }

  /** Files that cannot be written to. */
  private static class Broken extends DurableFiles {
    @Override
    OutputStream create(Path file) throws IOException {
      return new FilterOutputStream(super.create(file)) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          throw new IOException("No space left on device");
        }
      };
    }
  }

  @Test
  void where_content_lies_is_a_setting() {
    PlatformRunner.platform()
        .run(context ->
            assertThat(context)
                .getBean(BlobSettings.class)
                .isEqualTo(
                    new BlobSettings(
                        Path.of(".plumbline/blobs"),
                        null,
                        DataSize.ofGigabytes(50),
                        Duration.ofDays(7))));
    PlatformRunner.platform()
        .withPropertyValues("plumbline.blobs.directory=" + directory)
        .run(context ->
            acme.run(() -> {
              BlobStore configured = context.getBean(BlobStore.class);
              assertThat(configured.path(configured.put(CONTENT))).startsWithRaw(directory);
            }));
  }

  @Test
  void content_that_was_changed_is_not_read_to_its_end() throws Exception {
    acme.run(() -> blobs.put(CONTENT));
    change("abd");

    acme.call(() -> {
      try (InputStream stored = blobs.open(DIGEST)) {
        assertThatExceptionOfType(ChangedBlob.class).isThrownBy(stored::readAllBytes);
      }
      return true;
    });
  }

  /** Opening a pipe would take the thread until somebody writes to it. */
  @Test
  void a_pipe_or_a_link_in_the_place_of_a_file_is_no_content() throws Exception {
    acme.run(() -> blobs.put(CONTENT));
    Path file = files().findFirst().orElseThrow();
    Path moved = Files.move(file, directory.resolve("moved"));

    Files.createSymbolicLink(file, moved);
    assertUnknown();

    Files.delete(file);
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    assertUnknown();
  }

  private void assertUnknown() {
    acme.run(() -> {
      assertThat(blobs.exists(DIGEST)).isFalse();
      assertThatExceptionOfType(UnknownBlob.class).isThrownBy(() -> blobs.open(DIGEST));
      assertThatExceptionOfType(UnknownBlob.class).isThrownBy(() -> blobs.path(DIGEST));
      assertThatExceptionOfType(UnknownBlob.class).isThrownBy(() -> blobs.requireUnchanged(DIGEST));
    });
  }

  @Test
  void who_reads_only_the_beginning_learns_of_a_change_too() throws Exception {
    acme.run(() -> blobs.put(CONTENT));
    change("abd");

    assertThatExceptionOfType(ChangedBlob.class)
        .isThrownBy(() ->
            acme.call(() -> {
              try (InputStream stored = blobs.open(DIGEST)) {
                return stored.read();
              }
            }));
  }

  @Test
  void a_file_that_was_changed_is_not_given_out_to_be_mapped() throws Exception {
    acme.run(() -> blobs.put(CONTENT));
    change("abd");

    acme.run(() -> {
      assertThatExceptionOfType(ChangedBlob.class).isThrownBy(() -> blobs.path(DIGEST));
      assertThatExceptionOfType(ChangedBlob.class).isThrownBy(() -> blobs.requireUnchanged(DIGEST));
    });
  }

  /** The time of modification is put back, as somebody would who hides a change. */
  @Test
  void a_change_after_the_file_was_verified_is_found() throws Exception {
    BlobStore later = laterStore();
    acme.run(() -> later.put(CONTENT));
    Path file = acme.call(() -> later.path(DIGEST));
    FileTime modified = Files.getLastModifiedTime(file);
    change("abd");
    Files.setLastModifiedTime(file, modified);

    acme.run(
        () -> assertThatExceptionOfType(ChangedBlob.class).isThrownBy(() -> later.path(DIGEST)));
  }

  @Test
  void a_file_that_was_verified_is_not_hashed_again() throws Exception {
    BlobStore later = laterStore();
    acme.run(() -> later.put(CONTENT));
    VerifiedFiles files = new VerifiedFiles(HOUR_AHEAD);
    Path file = acme.call(() -> later.path(DIGEST));
    Digest other = Digest.ofText("other");

    assertThat(files.hasDigest(file, other)).isFalse();
    assertThat(files.hasDigest(file, DIGEST)).isTrue();
    assertThat(files.hasDigest(file, other)).as("answered without reading the file").isTrue();
  }

  /** A change within the tick of the file system's clock has the same change time. */
  @Test
  void a_file_that_was_written_just_now_is_hashed_each_time() throws Exception {
    acme.run(() -> blobs.put(CONTENT));
    VerifiedFiles files = new VerifiedFiles(InstantSource.system());
    Path file = acme.call(() -> blobs.path(DIGEST));

    assertThat(files.hasDigest(file, DIGEST)).isTrue();
    assertThat(files.hasDigest(file, Digest.ofText("other"))).isFalse();
  }

  @Test
  void a_service_that_wrote_something_else_under_a_digest_withholds_the_content_from_nobody()
      throws Exception {
    BlobStore other = new FolderBlobStore(settings(directory, QUOTA), "another");
    acme.run(() -> blobs.put(CONTENT));
    change("abd");
    acme.run(() -> other.put(CONTENT));

    assertThat(
            acme.call(() -> {
              try (InputStream stored = blobs.open(DIGEST)) {
                return stored.readAllBytes();
              }
            }))
        .isEqualTo(CONTENT);
    assertThat(acme.call(() -> blobs.path(DIGEST)).toString()).contains("/another/");
  }

  @Test
  void services_with_directories_of_their_own_read_each_others_content() throws Exception {
    BlobStore inference = storeOf("inference");
    BlobStore training = storeOf("training");
    acme.run(() -> training.put(CONTENT));
    acme.run(() -> store(directory, QUOTA).put("old".getBytes(UTF_8)));

    acme.run(() -> {
      assertThat(inference.size(DIGEST)).isEqualTo(3);
      assertThat(inference.path(DIGEST)).startsWith(directory.resolve("training"));
      assertThat(inference.exists(Digest.ofText("old"))).isTrue();
      inference.put(CONTENT);
      assertThat(inference.path(DIGEST)).startsWith(directory.resolve("inference"));
    });
    globex.run(() -> assertThat(inference.exists(DIGEST)).isFalse());
  }

  private BlobStore storeOf(String service) {
    return new FolderBlobStore(
        new BlobSettings(directory.resolve(service), directory, QUOTA, Duration.ofDays(7)),
        service);
  }

  private BlobStore laterStore() {
    return new FolderBlobStore(
        settings(directory, QUOTA), "sample", new DurableFiles(), HOUR_AHEAD);
  }

  private void change(String content) throws IOException {
    for (Path file : files().toList()) {
      Files.writeString(file, content);
    }
  }

  private static FolderBlobStore store(Path directory, DataSize quota) {
    return new FolderBlobStore(settings(directory, quota), "sample");
  }

  private static BlobSettings settings(Path directory, DataSize quota) {
    return new BlobSettings(directory, null, quota, Duration.ofDays(7));
  }

  private Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList().stream();
    }
  }
}
