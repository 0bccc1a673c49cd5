package io.plumbline.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.PlatformRunner;
import io.plumbline.platform.identity.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTests {

  private static final byte[] CONTENT = "abc".getBytes(StandardCharsets.UTF_8);
  private static final Digest DIGEST = Digest.ofText("abc");

  private final Caller acme = Caller.system(new UUID(0, 1));
  private final Caller globex = Caller.system(new UUID(0, 2));
  @TempDir private Path directory;
  private BlobStore blobs = new BlobStore(new BlobSettings(Path.of("replaced before each test")));

  @BeforeEach
  void open() {
    blobs = new BlobStore(new BlobSettings(directory));
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

  @Test
  void where_content_lies_is_a_setting() {
    PlatformRunner.platform()
        .run(context ->
            assertThat(context)
                .getBean(BlobSettings.class)
                .isEqualTo(new BlobSettings(Path.of(".plumbline/blobs"))));
    PlatformRunner.platform()
        .withPropertyValues("plumbline.blobs.directory=" + directory)
        .run(context ->
            assertThat(acme.call(() -> context.getBean(BlobStore.class).path(DIGEST)))
                .startsWithRaw(directory));
  }

  private Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList().stream();
    }
  }
}
