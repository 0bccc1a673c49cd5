package io.plumbline.datasetregistry.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Tests of the limits on the disk space of uploads that are still arriving. */
@PlumblineTest
@TestPropertySource(
    properties = {
      "plumbline.blobs.quota=2MB",
      "plumbline.uploads.per-caller=1",
      "plumbline.uploads.per-process=2"
    })
class UploadBoundsTests {

  @Autowired TestClient client;
  @Autowired UploadService uploads;
  @Autowired Spool spool;

  private final UUID workspace = UUID.randomUUID();

  @Test
  void an_upload_ends_where_the_quota_of_its_workspace_does() throws IOException {
    TestClient.TestCaller steward = steward("ada");
    register(steward);
    // The last row is malformed, which only a reader that continues to the end would notice.
    String rows =
        IntStream.range(0, 400_000)
            .mapToObj(i -> "Message " + i * 7_919L + " about nothing,ham")
            .collect(Collectors.joining("\n", "", "\n\""));

    Answer refused =
        steward
            .header("Content-Encoding", "gzip")
            .header("Content-Type", "text/csv")
            .post("/api/datasets/mails/versions", gzip("body,label\n" + rows));

    assertThat(refused.status()).as(refused.toString()).isEqualTo(507);
    assertThat(refused.body()).contains("plumbline.blobs.quota");
    // Jobs of other tests may still have files in the spool.
    await().untilAsserted(() -> assertThat(spooled()).isEmpty());
    assertThat(upload(steward).status()).isEqualTo(202);
  }

  @Test
  void uploads_under_way_are_bounded_for_each_caller_and_for_all() throws Exception {
    register(steward("ada"));
    try (Sending ada = send("ada")) {
      Answer second = upload(steward("ada"));
      assertThat(second.status()).as(second.toString()).isEqualTo(429);
      assertThat(second.header("Retry-After")).isEqualTo("10");

      try (Sending ben = send("ben")) {
        Answer third = upload(steward("cara"));
        assertThat(third.status()).as(third.toString()).isEqualTo(503);
        assertThat(third.header("Retry-After")).isEqualTo("10");
        ben.end();
      }
      ada.end();
    }
    assertThat(upload(steward("ada")).status()).isEqualTo(202);
  }

  @Test
  void uploads_of_one_workspace_under_way_share_its_quota() throws Exception {
    register(steward("ada"));
    try (Sending ada = send("ada")) {
      ada.write("Message about nothing,ham\n".repeat(60_000));

      Answer other = upload(steward("ben"), "Message about nothing,ham\n".repeat(60_000));

      assertThat(other.status()).as(other.toString()).isEqualTo(507);
      ada.end();
    }
  }

  private TestClient.TestCaller steward(String name) {
    return client.as(name, workspace, Role.DATA_STEWARD);
  }

  private static Answer upload(TestClient.TestCaller steward) {
    return upload(steward, "Message about nothing,ham\n");
  }

  private static Answer upload(TestClient.TestCaller steward, String rows) {
    return steward
        .header("Content-Type", "text/csv")
        .post("/api/datasets/mails/versions", "body,label\n" + rows);
  }

  private static void register(TestClient.TestCaller steward) {
    assertThat(
            steward
                .post(
                    "/api/datasets",
                    Map.of(
                        "name",
                        "mails",
                        "kind",
                        "CLASSIFICATION",
                        "textColumn",
                        "body",
                        "labelColumn",
                        "label",
                        "labels",
                        List.of("ham", "spam")))
                .status())
        .isEqualTo(201);
  }

  /** Begins an upload, and waits until it has a file in the spool. */
  private Sending send(String actor) throws IOException {
    Set<Path> before = Set.copyOf(spooled());
    PipedOutputStream body = new PipedOutputStream();
    InputStream arriving = new PipedInputStream(body, 1 << 16);
    Caller caller = new Caller(workspace, actor, actor, Set.of(Role.DATA_STEWARD), false);
    FutureTask<?> answer =
        new FutureTask<>(() ->
            caller.call(() ->
                uploads.accept(
                    "mails",
                    new UploadService.ReadOptions(Format.CSV, false, null),
                    -1,
                    arriving)));
    Thread.ofVirtual().start(answer);
    Sending sending = new Sending(body, answer);
    sending.write("body,label\n");
    await().until(() -> !before.containsAll(spooled()));
    return sending;
  }

  private record Sending(PipedOutputStream body, FutureTask<?> answer) implements AutoCloseable {

    void write(String text) throws IOException {
      body.write(text.getBytes(UTF_8));
      body.flush();
    }

    void end() throws Exception {
      write("Message about nothing,ham\n");
      body.close();
      answer.get();
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  private List<Path> spooled() throws IOException {
    try (Stream<Path> files = Files.list(spool.directory())) {
      return files.filter(file -> !file.endsWith("lock")).toList();
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }
}
