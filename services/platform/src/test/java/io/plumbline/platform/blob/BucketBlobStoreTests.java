package io.plumbline.platform.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.PlatformRunner;
import io.plumbline.platform.identity.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.unit.DataSize;

/** Uses a server of the S3 API that checks every signature. */
class BucketBlobStoreTests {

  private static final byte[] CONTENT = "abc".getBytes(UTF_8);
  private static final Digest DIGEST = Digest.ofText("abc");
  private static final DataSize QUOTA = DataSize.ofMegabytes(100);
  private static final UUID ACME = new UUID(0, 1);

  private final Caller acme = Caller.system(ACME);
  private final Caller globex = Caller.system(new UUID(0, 2));
  private final S3TestServer server = new S3TestServer();
  private Instant now = Instant.now();
  @TempDir private Path directory;
  private BucketBlobStore blobs = store(Path.of("replaced before each test"), "sample", "");

  @BeforeEach
  void open() throws IOException {
    Files.writeString(credentials(), profile(S3TestServer.SECRET));
    blobs = store("sample", "first");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void content_is_found_by_its_digest_by_other_services() throws Exception {
    Digest digest = acme.call(() -> blobs.put(CONTENT));

    assertThat(digest).isEqualTo(DIGEST);
    BucketBlobStore other = store("another", "second");
    acme.call(() -> {
      assertThat(other.exists(DIGEST)).isTrue();
      assertThat(other.size(DIGEST)).isEqualTo(3);
      assertThat(read(other)).isEqualTo(CONTENT);
      return true;
    });
    assertThat(server.objects().keySet())
        .singleElement()
        .asString()
        .startsWith("test/" + ACME + "/content/" + DIGEST.hex() + "/sample/");
  }

  @Test
  void to_know_a_digest_is_no_permission_to_another_workspaces_content() {
    acme.run(() -> blobs.put(CONTENT));

    globex.run(() -> {
      assertThat(blobs.exists(DIGEST)).isFalse();
      assertThatExceptionOfType(UnknownBlob.class).isThrownBy(() -> blobs.open(DIGEST));
      assertThatExceptionOfType(UnknownBlob.class).isThrownBy(() -> blobs.path(DIGEST));
      assertThatExceptionOfType(UnknownBlob.class).isThrownBy(() -> blobs.size(DIGEST));
    });
  }

  @Test
  void large_content_is_uploaded_in_parts() throws Exception {
    byte[] large = new byte[(20 << 20) + 1];
    new Random(1).nextBytes(large);

    Digest digest = acme.call(() -> blobs.put(large));

    Path copy = acme.call(() -> store("another", "second").path(digest));
    assertThat(copy).hasBinaryContent(large);
    assertThat(server.uploadsUnderWay()).isZero();
  }

  @Test
  void content_that_is_written_again_is_kept_once() throws Exception {
    Digest digest =
        acme.call(() -> {
          blobs.put(CONTENT);
          return blobs.put(CONTENT);
        });

    assertThat(digest).isEqualTo(DIGEST);
    assertThat(server.objects()).hasSize(1);
  }

  @Test
  void content_that_was_changed_in_the_bucket_is_refused() throws Exception {
    acme.run(() -> blobs.put(CONTENT));
    change("abd");
    BucketBlobStore other = store("another", "second");

    acme.call(() -> {
      assertThatExceptionOfType(ChangedBlob.class).isThrownBy(() -> read(other));
      assertThatExceptionOfType(ChangedBlob.class).isThrownBy(() -> other.path(DIGEST));
      return true;
    });
  }

  @Test
  void a_changed_object_is_passed_over_where_another_service_wrote_the_same() throws Exception {
    acme.run(() -> blobs.put(CONTENT));
    change("abd");
    acme.run(() -> store("another", "second").put(CONTENT));

    assertThat(acme.call(() -> read(store("sample", "third")))).isEqualTo(CONTENT);
  }

  @Test
  void a_copy_that_was_changed_on_the_disk_is_downloaded_again() throws Exception {
    acme.run(() -> blobs.put(CONTENT));
    Path copy = acme.call(() -> blobs.path(DIGEST));
    Files.writeString(copy, "abd");

    assertThat(acme.call(() -> read(blobs))).isEqualTo(CONTENT);
    assertThat(acme.call(() -> blobs.path(DIGEST))).hasBinaryContent(CONTENT);
  }

  @Test
  void a_wrong_secret_is_refused() throws Exception {
    Files.writeString(credentials(), profile("wrong"));
    BucketBlobStore refused = store("sample", "second");

    acme.run(() ->
        assertThatExceptionOfType(StorageUnavailableException.class)
            .isThrownBy(() -> refused.put(CONTENT))
            .withMessageContaining("rejects"));

    assertThat(server.objects()).isEmpty();
    assertThat(files("second")).isEmpty();
  }

  @Test
  void a_bucket_that_is_away_is_reported_and_used_again_when_it_is_back() throws Exception {
    acme.run(() -> blobs.put(CONTENT));
    BucketBlobStore other = store("another", "second");
    server.setAway(true);
    acme.call(() -> {
      assertThatExceptionOfType(StorageUnavailableException.class)
          .isThrownBy(() -> other.open(DIGEST));
      assertThatExceptionOfType(StorageUnavailableException.class)
          .isThrownBy(() -> other.put(CONTENT));
      assertThat(read(blobs)).as("the copy on the disk").isEqualTo(CONTENT);
      return true;
    });

    server.setAway(false);

    assertThat(acme.call(() -> read(other))).isEqualTo(CONTENT);
  }

  @Test
  void an_object_that_breaks_off_is_reported_as_an_unusable_bucket() throws Exception {
    acme.run(() -> blobs.put(CONTENT));
    server.setBreakingOff(true);
    BucketBlobStore other = store("another", "second");

    acme.call(() -> {
      assertThatExceptionOfType(StorageUnavailableException.class).isThrownBy(() -> read(other));
      assertThatExceptionOfType(StorageUnavailableException.class)
          .isThrownBy(() -> other.path(DIGEST));
      return true;
    });
    assertThat(files("second")).isEmpty();
  }

  @Test
  void content_beyond_the_quota_leaves_nothing() {
    byte[] large = new byte[9 << 20];
    BucketBlobStore small =
        new BucketBlobStore(
            bucket(),
            "sample",
            cache("second", 1 << 20),
            new BlobQuota(DataSize.ofMegabytes(8), () -> 0));

    acme.run(() ->
        assertThatExceptionOfType(StorageFullException.class).isThrownBy(() -> small.put(large)));

    assertThat(server.objects()).isEmpty();
    assertThat(server.uploadsUnderWay()).isZero();
    assertThat(files("second")).isEmpty();
  }

  @Test
  void copies_that_were_not_used_for_longest_are_deleted_beyond_the_limit() throws Exception {
    BucketBlobStore tight =
        new BucketBlobStore(bucket(), "sample", cache("second", 6), new BlobQuota(QUOTA, () -> 0));
    Digest first = acme.call(() -> tight.put("one".getBytes(UTF_8)));
    now = now.plusSeconds(60);
    Digest second = acme.call(() -> tight.put("two".getBytes(UTF_8)));
    now = now.plusSeconds(60);
    acme.run(() -> tight.path(first));

    acme.run(() -> tight.put("six".getBytes(UTF_8)));
    assertThat(files("second")).as("copies in use").hasSize(3);
    now = now.plus(Duration.ofMinutes(11));
    acme.run(() -> tight.path(first));
    acme.run(() -> tight.put("ten".getBytes(UTF_8)));

    assertThat(files("second"))
        .hasSize(2)
        .anyMatch(file -> file.endsWith(first.hex()))
        .noneMatch(file -> file.endsWith(second.hex()));
    assertThat(acme.call(() -> Files.readString(tight.path(second)))).isEqualTo("two");
  }

  @Test
  void a_workspace_keeps_what_its_quota_allows() {
    BucketBlobStore small =
        new BucketBlobStore(
            bucket(), "sample", cache("second", 100), new BlobQuota(DataSize.ofBytes(6), () -> 0));
    acme.run(() -> {
      small.put(CONTENT);
      small.put(CONTENT);
      assertThatExceptionOfType(StorageFullException.class)
          .isThrownBy(() -> small.put("defg".getBytes(UTF_8)));
    });

    globex.run(() -> assertThat(small.put("def".getBytes(UTF_8))).isNotNull());
  }

  @Test
  void a_part_is_read_by_every_replica_until_it_is_deleted() throws Exception {
    BucketBlobParts parts = parts("first");
    BucketBlobParts replica = parts("second");

    BlobParts.Part part = acme.call(() -> parts.put(new ByteArrayInputStream(CONTENT)));

    assertThat(part.bytes()).isEqualTo(3);
    assertThat(replica.workspaces()).isEqualTo(List.of(ACME));
    acme.call(() -> {
      try (InputStream read = replica.open(part.id())) {
        assertThat(read).hasContent("abc");
      }
      replica.delete(part.id());
      parts.delete(part.id());
      assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> parts.open(part.id()));
      return true;
    });
    assertThat(parts.workspaces()).isEmpty();
  }

  @Test
  void every_page_of_a_list_is_read() {
    List<String> contents = List.of("a", "b", "c", "d", "e", "f", "g");
    acme.run(() -> contents.forEach(each -> blobs.put(each.getBytes(UTF_8))));

    assertThat(bucket().list(ACME + "/")).hasSize(contents.size());
  }

  @Test
  void a_bucket_that_is_away_is_seen_in_health_and_leaves_the_service_ready() {
    PlatformRunner.platform()
        .withConfiguration(
            AutoConfigurations.of(
                ApplicationAvailabilityAutoConfiguration.class,
                AvailabilityHealthContributorAutoConfiguration.class,
                AvailabilityProbesAutoConfiguration.class,
                HealthContributorAutoConfiguration.class,
                HealthContributorRegistryAutoConfiguration.class,
                HealthEndpointAutoConfiguration.class))
        .withBean("dbHealthIndicator", HealthIndicator.class, () -> () -> Health.up().build())
        .withPropertyValues(
            "plumbline.blobs.directory=" + directory,
            "plumbline.blobs.s3.bucket=" + S3TestServer.BUCKET,
            "plumbline.blobs.s3.endpoint=" + server.address(),
            "plumbline.blobs.s3.path-style=true",
            "plumbline.blobs.s3.credentials=" + credentials(),
            "management.endpoints.web.exposure.include=health")
        .run(context -> {
          acme.run(() -> context.getBean(BlobStore.class).put(CONTENT));
          assertThat(server.objects()).hasSize(1);
          HealthEndpoint health = context.getBean(HealthEndpoint.class);
          AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
          assertThat(statusOf(health, "bucket")).isEqualTo(Status.UP);
          server.setAway(true);
          assertThat(statusOf(health, "bucket")).isEqualTo(Status.DOWN);
          assertThat(statusOf(health, "readiness")).isEqualTo(Status.UP);
        });
  }

  private static Status statusOf(HealthEndpoint health, String group) {
    return Objects.requireNonNull(health.healthForPath(group)).getStatus();
  }

  private void change(String content) {
    server
        .objects()
        .replaceAll((key, each) -> new S3TestServer.Stored(content.getBytes(UTF_8), Instant.now()));
  }

  private static byte[] read(BlobStore from) throws IOException {
    try (InputStream content = from.open(DIGEST)) {
      return content.readAllBytes();
    }
  }

  private List<Path> files(String cache) {
    if (!Files.exists(directory.resolve(cache))) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory.resolve(cache))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private BucketBlobStore store(String service, String cache) {
    return store(directory, service, cache);
  }

  private BucketBlobStore store(Path folder, String service, String cache) {
    return new BucketBlobStore(
        bucket(server, folder.resolve("credentials")),
        service,
        new BlobCache(folder.resolve(cache), 100 << 20, () -> now),
        new BlobQuota(QUOTA, () -> 0));
  }

  private BucketBlobParts parts(String cache) {
    return new BucketBlobParts(
        bucket(), "sample", cache(cache, 100), store("sample", cache), Duration.ofDays(7));
  }

  private BlobCache cache(String name, long limit) {
    return new BlobCache(directory.resolve(name), limit, () -> now);
  }

  private Bucket bucket() {
    return bucket(server, credentials());
  }

  static Bucket bucket(S3TestServer server, Path credentials) {
    BucketSettings settings =
        new BucketSettings(
            S3TestServer.BUCKET,
            server.address(),
            "eu-central-1",
            "test/",
            true,
            credentials,
            DataSize.ofMegabytes(1),
            Duration.ofSeconds(10));
    return new Bucket(BucketClients.open(settings), settings, new SimpleMeterRegistry());
  }

  private Path credentials() {
    return directory.resolve("credentials");
  }

  static String profile(String secret) {
    return String.join(
        "\n",
        "[default]",
        "aws_access_key_id = " + S3TestServer.KEY,
        "aws_secret_access_key = " + secret,
        "");
  }
}
