package io.plumbline.platform.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.identity.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Uses a real database, whose rows decide which content is kept. */
@Tag("servers")
class BucketGarbageCollectorTests {

  private static final UUID ACME = new UUID(0, 1);
  private static final Duration GRACE = Duration.ofDays(7);

  private final Caller acme = Caller.system(ACME);
  private final PlatformDatabase database = new PlatformDatabase();
  private final S3TestServer server = new S3TestServer();
  @TempDir private Path directory;

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void old_content_is_deleted_unless_a_row_mentions_it() throws Exception {
    Digest kept = put("sample", "a row mentions it");
    Digest anothers = put("another", "another service wrote it");
    Digest old = put("sample", "nothing mentions it");
    acme.call(() -> parts().put(new ByteArrayInputStream("part".getBytes(UTF_8))));
    server.beginUpload("test/" + ACME + "/parts/sample/" + new UUID(0, 3));
    mention(kept);
    collect();
    assertThat(server.objects()).as("young content").hasSize(4);
    server.age(GRACE.plusHours(1));
    Digest young = put("sample", "still young");

    collect();

    assertThat(server.objects().keySet())
        .hasSize(3)
        .anyMatch(key -> key.contains(kept.hex()))
        .anyMatch(key -> key.contains(anothers.hex()))
        .anyMatch(key -> key.contains(young.hex()))
        .noneMatch(key -> key.contains(old.hex()));
    assertThat(server.uploadsUnderWay()).isZero();
  }

  private void collect() throws IOException {
    new BucketGarbageCollector(
            bucket(),
            "sample",
            GRACE,
            new MentionedDigests(database.sql(), database.transactions()),
            Clock.systemUTC())
        .collect();
  }

  private Digest put(String service, String content) throws Exception {
    BucketBlobStore store = store(service);
    return acme.call(() -> store.put(content.getBytes(UTF_8)));
  }

  private BucketBlobParts parts() throws IOException {
    return new BucketBlobParts(bucket(), "sample", cache(), store("sample"), GRACE);
  }

  private BucketBlobStore store(String service) throws IOException {
    return new BucketBlobStore(
        bucket(), service, cache(), new BlobQuota(DataSize.ofMegabytes(1), () -> 0));
  }

  private BlobCache cache() {
    return new BlobCache(directory.resolve("cache"), 1 << 20, InstantSource.system());
  }

  private Bucket bucket() throws IOException {
    Path credentials = directory.resolve("credentials");
    Files.writeString(credentials, BucketBlobStoreTests.profile(S3TestServer.SECRET));
    return BucketBlobStoreTests.bucket(server, credentials);
  }

  private void mention(Digest digest) {
    database
        .sql()
        .sql(
            "INSERT INTO job (id, workspace_id, kind, payload, priority, state, error)"
                + " VALUES (?, ?, 'any', '{}'::jsonb, 0, 'FAILED', ?)")
        .params(new UUID(0, 9), ACME, digest.hex())
        .update();
  }
}
