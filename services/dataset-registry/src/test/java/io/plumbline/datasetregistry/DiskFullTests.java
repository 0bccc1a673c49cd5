package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.fault.TinyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** Tests of an upload for which the disk of the blobs has no room. */
@PlumblineTest
class DiskFullTests {

  @Autowired TestClient client;

  @Value("${plumbline.blobs.directory}")
  Path blobs;

  @Test
  void an_upload_that_does_not_fit_on_the_disk_is_no_version_until_it_does() throws IOException {
    UUID workspace = UUID.randomUUID();
    Path space = blobs.resolve(workspace.toString());
    TestClient.TestCaller steward = client.as("ada", workspace, Role.DATA_STEWARD);
    try (TinyDisk disk = TinyDisk.ofKilobytes(256)) {
      Files.createDirectories(blobs);
      Files.createSymbolicLink(space, disk.directory());
      register(steward);

      Answer refused = upload(steward);

      assertThat(refused.status()).as(refused.toString()).isGreaterThanOrEqualTo(500);
      assertThat(refused.body()).doesNotContain("No space left", blobs.toString());
      assertThat(steward.get("/api/datasets/mails/versions").json().at("/items").size()).isZero();
    } finally {
      Files.deleteIfExists(space);
    }

    assertThat(upload(steward).status()).isEqualTo(202);
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

  /** Uploads half a megabyte. */
  private static Answer upload(TestClient.TestCaller steward) {
    String rows =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "Message " + i + " about " + i * 7_919L + " and nothing else,ham")
            .collect(Collectors.joining("\r\n", "body,label\r\n", "\r\n"));
    return steward.header("Content-Type", "text/csv").post("/api/datasets/mails/versions", rows);
  }
}
