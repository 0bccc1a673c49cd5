package io.plumbline.datasetregistry.resumable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionStarted;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.blob.BlobParts;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Tests of uploads in parts from the side of a client of the protocol. */
@PlumblineTest
@TestPropertySource(
    properties = {
      "plumbline.uploads.resumable.min-part=1KB",
      "plumbline.uploads.resumable.max-part=16KB",
      "plumbline.uploads.resumable.max-unfinished=2"
    })
class ResumableUploadTests {

  private static final int PART = 4_096;

  @Autowired TestEventClient events;
  @Autowired BlobParts parts;
  @Autowired UploadExpiry expiry;

  private final UUID workspace = UUID.randomUUID();
  private final TestClient client;
  private final TestClient.TestCaller ada;

  ResumableUploadTests(@Autowired TestClient client) {
    this.client = client;
    this.ada = client.as("ada", workspace, Role.DATA_STEWARD);
  }

  @BeforeEach
  void a_dataset() {
    register("mails");
  }

  @Test
  void an_upload_goes_on_where_it_was_cut_off_and_becomes_the_version_of_the_same_bytes() {
    byte[] file = rows(400).getBytes(UTF_8);
    JsonNode plain = settled(ada.header("Content-Type", "text/csv").post(versions(), file));
    Answer opened = begin(file.length);
    assertThat(opened.header("Tus-Resumable")).isEqualTo("1.0.0");
    assertThat(opened.header("Upload-Expires")).endsWith("GMT");
    String upload = opened.header("Location");

    assertThat(part(upload, 0, file, PART).header("Upload-Offset")).isEqualTo("4096");
    // The client has lost the answer to its second part, and asks for the current offset.
    part(upload, PART, file, 2 * PART);
    Answer head = ada.send("HEAD", upload, null);
    assertThat(head.header("Upload-Offset")).isEqualTo("8192");
    assertThat(head.header("Upload-Length")).isEqualTo(Integer.toString(file.length));
    assertThat(head.header("Cache-Control")).contains("no-store");
    assertThat(finish(upload).status()).isEqualTo(409);
    sendRest(upload, 2 * PART, file);
    Answer finished = finish(upload);

    JsonNode version = settled(finished);
    assertThat(version.at("/version").asInt()).isEqualTo(2);
    assertThat(version.at("/rowsDigest")).isEqualTo(plain.at("/rowsDigest"));
    assertThat(version.at("/reportDigest")).isEqualTo(plain.at("/reportDigest"));
    assertThat(
            events
                .awaitPublished(
                    DatasetVersionStarted.class,
                    event ->
                        event.jobId().toString().equals(finished.json().at("/jobId").asString()))
                .sourceDigest())
        .isEqualTo(Digest.ofRaw(Digest.sha256().digest(file)));
    assertThat(ada.get(upload).json().at("/version").asInt()).isEqualTo(2);
    assertThat(parts.workspaces()).doesNotContain(workspace);
  }

  @Test
  void who_finishes_twice_gets_the_same_version() {
    byte[] file = rows(60).getBytes(UTF_8);
    String upload = begin(file.length).header("Location");
    sendRest(upload, 0, file);

    Answer first = finish(upload);
    Answer second = ada.expectingNoEvent().post(upload + "/version", null);

    assertThat(List.of(first.status(), second.status())).containsOnly(202);
    assertThat(second.json().at("/version")).isEqualTo(first.json().at("/version"));
    assertThat(second.json().at("/jobId")).isEqualTo(first.json().at("/jobId"));
    settled(second);
    assertThat(ada.get(versions()).json().at("/items").size()).isEqualTo(1);
  }

  @Test
  void a_compressed_file_is_taken_as_one_that_is_sent_at_once() throws IOException {
    byte[] plain = rows(200).getBytes(UTF_8);
    byte[] packed = gzip(plain);
    String upload =
        begin(packed.length, "filetype dGV4dC9jc3Y=,encoding Z3ppcA==").header("Location");
    sendRest(upload, 0, packed);

    JsonNode version = settled(finish(upload));

    assertThat(version.at("/rows").asInt()).isEqualTo(200);
    assertThat(version.at("/sourceBytes").asInt()).isEqualTo(plain.length);
  }

  @Test
  void a_wrong_offset_is_refused_and_changes_nothing() {
    byte[] file = rows(400).getBytes(UTF_8);
    String upload = begin(file.length).header("Location");
    part(upload, 0, file, PART);

    for (int offset : new int[] {0, PART - 1, PART + 1, file.length, file.length + 1}) {
      Answer refused = send(upload, offset, Arrays.copyOf(file, PART));
      assertThat(refused.status()).as("at %d: %s", offset, refused).isEqualTo(409);
      assertThat(refused.body()).contains("Continue at offset 4096");
    }
    assertThat(offset(upload)).isEqualTo(PART);
  }

  @Test
  void of_two_parts_for_one_place_one_is_stored() throws Exception {
    byte[] file = rows(400).getBytes(UTF_8);
    String upload = begin(file.length).header("Location");
    byte[] part = Arrays.copyOf(file, PART);
    List<Integer> statuses;
    try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> send = () -> send(upload, 0, part).status();
      Future<Integer> one = both.submit(send);
      Future<Integer> other = both.submit(send);
      statuses = List.of(one.get(), other.get());
    }

    assertThat(statuses).containsExactlyInAnyOrder(204, 409);
    assertThat(offset(upload)).isEqualTo(PART);
  }

  @Test
  void parts_have_a_least_and_a_largest_size_and_end_with_the_file() {
    byte[] file = rows(800).getBytes(UTF_8);
    String upload = begin(file.length).header("Location");

    assertThat(send(upload, 0, Arrays.copyOf(file, 1_023)).status()).isEqualTo(400);
    assertThat(send(upload, 0, Arrays.copyOf(file, 16 * 1_024 + 1)).status()).isEqualTo(413);
    assertThat(send(upload, 0, new byte[0]).status()).isEqualTo(400);
    assertThat(offset(upload)).isZero();
    assertThat(parts.workspaces()).doesNotContain(workspace);

    String small = begin(10).header("Location");
    assertThat(send(small, 0, new byte[11]).status()).isEqualTo(413);
    assertThat(send(small, 0, new byte[10]).status()).isEqualTo(204);
    assertThat(send(small, 10, new byte[0]).status()).isEqualTo(409);
  }

  @Test
  void a_part_of_another_type_or_version_of_the_protocol_is_refused() {
    String upload = begin(PART).header("Location");

    assertThat(ada.header("Upload-Offset", "0").patch(upload, "{}").status()).isEqualTo(415);
    Answer old = ada.header("Tus-Resumable", "0.2.2").patch(upload, "{}");
    assertThat(old.status()).isEqualTo(412);
    assertThat(old.header("Tus-Version")).isEqualTo("1.0.0");
  }

  @Test
  void nobody_else_knows_an_upload() {
    String upload = begin(PART).header("Location");
    register("others");
    TestClient.TestCaller ben = client.as("ben", workspace, Role.DATA_STEWARD);
    TestClient.TestCaller gus = client.as("gus", UUID.randomUUID(), Role.DATA_STEWARD);

    for (TestClient.TestCaller other : List.of(ben, gus)) {
      assertUnknown(other, upload);
    }
    assertUnknown(ada, upload.replace("/mails/", "/others/"));
    assertThat(offset(upload)).isZero();
  }

  private static void assertUnknown(TestClient.TestCaller caller, String upload) {
    TestClient.TestCaller part = caller.header("Content-Type", "application/offset+octet-stream");
    assertThat(
            List.of(
                caller.get(upload).status(),
                caller.send("HEAD", upload, null).status(),
                part.header("Upload-Offset", "0").patch(upload, new byte[PART]).status(),
                caller.delete(upload).status(),
                caller.post(upload + "/version", null).status()))
        .containsOnly(404);
  }

  @Test
  void what_is_no_dataset_of_rows_is_gone_once_it_is_refused() {
    byte[] file = "body,label\nhello,neither\n".getBytes(UTF_8);
    String upload = begin(file.length).header("Location");
    sendRest(upload, 0, file);

    Answer refused = finish(upload);

    assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
    assertThat(refused.body()).contains("/rows/1/label");
    assertThat(ada.get(upload).status()).isEqualTo(404);
    assertThat(parts.workspaces()).doesNotContain(workspace);
    assertThat(ada.get(versions()).json().at("/items").size()).isZero();
  }

  @Test
  void a_workspace_has_a_few_unfinished_uploads_and_a_removed_one_makes_room() {
    String first = begin(PART).header("Location");
    part(first, 0, new byte[PART], PART);
    begin(PART);

    Answer third = begin(PART);
    assertThat(third.status()).as(third.toString()).isEqualTo(409);
    assertThat(third.body()).contains("uploads-unfinished");

    assertThat(ada.delete(first).status()).isEqualTo(204);
    assertThat(parts.workspaces()).doesNotContain(workspace);
    assertThat(begin(PART).status()).isEqualTo(201);
  }

  @Test
  void an_upload_that_nobody_goes_on_with_expires_with_its_bytes() {
    String upload = begin(2 * PART).header("Location");
    part(upload, 0, new byte[2 * PART], PART);
    EmbeddedServers.executeAsSuperuser(
        "dataset-registry",
        "UPDATE resumable_upload SET expires_at = now() WHERE workspace_id = '%s'"
            .formatted(workspace));

    assertThat(ada.get(upload).status()).isEqualTo(404);
    assertThat(parts.workspaces()).contains(workspace);
    expiry.removeExpired();

    assertThat(parts.workspaces()).doesNotContain(workspace);
  }

  @Test
  void an_upload_ends_before_its_parts_do_however_many_come() {
    String upload = begin(2 * PART).header("Location");
    EmbeddedServers.executeAsSuperuser(
        "dataset-registry",
        "UPDATE resumable_upload SET created_at = now() - interval '7 days' WHERE workspace_id = '%s'"
            .formatted(workspace));

    assertThat(send(upload, 0, new byte[PART]).status()).isEqualTo(404);
  }

  @Test
  void what_cannot_become_a_version_is_refused_before_a_byte_is_sent() {
    assertThat(begin(0).status()).isEqualTo(400);
    assertThat(begin(3L << 30).status()).isEqualTo(413);
    // The media type is that of an archive, which is for documents only.
    assertThat(begin(PART, "filetype YXBwbGljYXRpb24vemlw").status()).isEqualTo(415);
    assertThat(ada.post("/api/datasets/none/uploads", null).status()).isEqualTo(404);
    assertThat(ada.post("/api/datasets/mails/uploads", null).status()).isEqualTo(415);
  }

  private Answer begin(long length) {
    return begin(length, "filename bWFpbHMuY3N2,filetype dGV4dC9jc3Y=");
  }

  private Answer begin(long length, String metadata) {
    return ada.header("Tus-Resumable", "1.0.0")
        .header("Upload-Length", Long.toString(length))
        .header("Upload-Metadata", metadata)
        .post("/api/datasets/mails/uploads", null);
  }

  private Answer part(String upload, int from, byte[] file, int to) {
    Answer sent = send(upload, from, Arrays.copyOfRange(file, from, to));
    assertThat(sent.status()).as(sent.toString()).isEqualTo(204);
    return sent;
  }

  private void sendRest(String upload, int from, byte[] file) {
    for (int at = from; at < file.length; at += PART) {
      part(upload, at, file, Math.min(file.length, at + PART));
    }
  }

  private Answer send(String upload, int offset, byte[] part) {
    return ada.header("Tus-Resumable", "1.0.0")
        .header("Content-Type", "application/offset+octet-stream")
        .header("Upload-Offset", Integer.toString(offset))
        .patch(upload, part);
  }

  private int offset(String upload) {
    return ada.get(upload).json().at("/offset").asInt();
  }

  private Answer finish(String upload) {
    return ada.post(upload + "/version", null);
  }

  private JsonNode settled(Answer accepted) {
    assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
    return Awaitility.await()
        .until(
            () -> ada.get(accepted.header("Location")).json(),
            json -> json.path("state").asString().equals("READY"));
  }

  private static String versions() {
    return "/api/datasets/mails/versions";
  }

  private void register(String name) {
    assertThat(
            ada.post(
                    "/api/datasets",
                    Map.of(
                        "name",
                        name,
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

  private static String rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "Message " + i + " about " + i * 7_919L + " and nothing else,ham")
        .collect(Collectors.joining("\r\n", "body,label\r\n", "\r\n"));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    return packed.toByteArray();
  }
}
