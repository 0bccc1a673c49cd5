package io.plumbline.platform.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.ManualClock;
import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.identity.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Uses a real database, whose rows decide which content is kept. */
@Tag("servers")
class BlobGarbageCollectorTests {

  private static final UUID ACME = new UUID(0, 1);
  private static final Duration GRACE = Duration.ofDays(7);

  private final Caller acme = Caller.system(ACME);
  private final ManualClock clock = new ManualClock();
  private final PlatformDatabase database = new PlatformDatabase();
  @TempDir private Path directory;
  private BlobSettings settings = settings(Path.of("replaced before each test"));

  @BeforeEach
  void open() {
    settings = settings(directory);
  }

  private static BlobSettings settings(Path directory) {
    return new BlobSettings(directory, null, DataSize.ofMegabytes(1), GRACE);
  }

  @Test
  void what_no_row_mentions_is_deleted_once_it_is_old() {
    Digest content = put("sample", "nothing refers to it");

    collect();
    assertThat(exists(content)).isTrue();
    clock.advance(GRACE.plusSeconds(1));
    collect();

    assertThat(exists(content)).isFalse();
  }

  @Test
  void what_a_row_mentions_is_kept_in_whatever_column() {
    Digest inText = put("sample", "an error names it");
    Digest inJson = put("sample", "a payload names it");
    enqueued("{\"parts\":[{\"blob\":\"" + inJson.hex() + "\"}]}", inText.hex());
    clock.advance(GRACE.multipliedBy(2));

    collect();

    assertThat(exists(inText)).isTrue();
    assertThat(exists(inJson)).isTrue();
  }

  @Test
  void what_another_service_wrote_is_its_own_to_delete() {
    Digest content = put("training", "a checkpoint");
    clock.advance(GRACE.multipliedBy(2));

    collect();

    assertThat(exists(content)).isTrue();
  }

  @Test
  void what_is_written_again_is_young_again() {
    Digest content = put("sample", "twice");
    clock.advance(GRACE.plusSeconds(1));
    put("sample", "twice");

    collect();

    assertThat(exists(content)).isTrue();
  }

  @Test
  void what_a_broken_write_left_is_deleted_too() throws IOException {
    put("sample", "anything");
    Path left = directory.resolve(ACME + "/sample/incoming-1");
    Files.writeString(left, "half");
    touch(left);
    clock.advance(GRACE.plusSeconds(1));

    collect();

    assertThat(left).doesNotExist();
  }

  @Test
  void what_a_kill_left_aside_while_it_was_looked_at_again_is_put_back() throws IOException {
    Digest content = put("sample", "written again when the process was killed");
    Path file = acmePath(content);
    Files.move(file, aside(file));

    collect();

    assertThat(file).exists();
    assertThat(aside(file)).doesNotExist();
  }

  @Test
  void what_a_kill_left_aside_is_swept_no_earlier_than_its_mentions_are_read() throws IOException {
    Digest mentioned = put("sample", "a payload names it");
    enqueued("{}", mentioned.hex());
    Path file = acmePath(mentioned);
    Files.move(file, aside(file));
    clock.advance(GRACE.multipliedBy(2));

    collect();

    assertThat(file).exists();
  }

  @Test
  void what_was_written_again_since_a_kill_is_not_replaced_by_what_it_left() throws IOException {
    Digest content = put("sample", "there again");
    Path file = acmePath(content);
    Files.copy(file, aside(file));
    touch(aside(file));
    clock.advance(GRACE.plusSeconds(1));
    touch(file);

    collect();

    assertThat(file).exists();
    assertThat(aside(file)).doesNotExist();
  }

  private Path acmePath(Digest content) {
    try {
      return acme.call(() -> new FolderBlobStore(settings, "sample").path(content));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path aside(Path file) {
    return file.resolveSibling(file.getFileName() + ".deleted");
  }

  private void collect() {
    new BlobGarbageCollector(settings, "sample", database.sql(), database.transactions(), clock)
        .collect();
  }

  private Digest put(String service, String content) {
    FolderBlobStore store = new FolderBlobStore(settings, service);
    try {
      return acme.call(() -> {
        Digest digest = store.put(content.getBytes(UTF_8));
        touch(store.path(digest));
        return digest;
      });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a file look as if it was written now by the clock of the test. */
  private void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
  }

  private boolean exists(Digest digest) {
    try {
      return acme.call(() -> new FolderBlobStore(settings, "reader").exists(digest));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void enqueued(String payload, String error) {
    database
        .sql()
        .sql(
            "INSERT INTO job (id, workspace_id, kind, payload, priority, state, error)"
                + " VALUES (?, ?, 'any', ?::jsonb, 0, 'FAILED', ?)")
        .params(new UUID(0, 9), ACME, payload, error)
        .update();
  }
}
