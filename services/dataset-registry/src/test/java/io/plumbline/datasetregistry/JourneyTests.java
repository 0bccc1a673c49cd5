package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetDescribed;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetRegistered;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionPublished;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionStarted;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.SplitRequested;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.test.fault.Redelivery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The journey of a data steward from an upload to an admitted split. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JourneyTests extends DatasetJourney {

  private static final String SECRET_ADDRESS = "jo.secret@example.org";

  @Autowired BlobStore blobs;

  JourneyTests() {
    super("ada", Workspaces.ACME);
  }

  private void register(String name) {
    assertThat(
            steward
                .post(
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
                        List.of("ham", "spam"),
                        "licence",
                        "CC0-1.0",
                        "legalBasis",
                        "published by the senders"))
                .status())
        .isEqualTo(201);
  }

  private TestClient.Answer upload(String name, Object body, String... headers) {
    TestClient.TestCaller caller = steward.header("Content-Type", "text/csv");
    for (int i = 0; i < headers.length; i += 2) {
      caller = caller.header(headers[i], headers[i + 1]);
    }
    return caller.post("/api/datasets/" + name + "/versions", body);
  }

  private static String rows(int count) {
    StringBuilder csv = new StringBuilder("body,label,source\r\n");
    for (int i = 0; i < count; i++) {
      csv.append("\"Message ")
          .append(i)
          .append(" about topic ")
          .append(i * 7919)
          .append(" and nothing else\",")
          .append(i % 4 == 0 ? "spam" : "ham");
      csv.append(i % 10 == 0 ? "," + SECRET_ADDRESS : ",web").append("\r\n");
    }
    return csv.toString();
  }

  @Test
  void an_upload_a_masking_and_a_split_are_recorded_before_their_work_is_done() {
    register("started");
    assertThat(
            events.awaitPublished(
                DatasetRegistered.class, event -> event.dataset().equals("started")))
        .isEqualTo(
            new DatasetRegistered(
                "started",
                "CLASSIFICATION",
                "CC0-1.0",
                "published by the senders",
                Digest.ofText("")));
    Map<String, Object> better =
        Map.of("description", "mail", "licence", "CC-BY-4.0", "legalBasis", "consent");
    TestClient.Answer known = steward.get("/api/datasets/started");
    TestClient.Answer described =
        steward.header("If-Match", known.header("ETag")).put("/api/datasets/started", better);
    assertThat(described.status()).as(described.toString()).isEqualTo(200);
    assertThat(
            events.awaitPublished(
                DatasetDescribed.class, event -> event.dataset().equals("started")))
        .isEqualTo(new DatasetDescribed("started", "CC-BY-4.0", "consent", Digest.ofText("mail")));

    TestClient.Answer uploaded = upload("started", rows(40));
    DatasetVersionStarted upload =
        events.awaitPublished(
            DatasetVersionStarted.class, event -> event.dataset().equals("started"));
    assertThat(upload.jobId().toString()).isEqualTo(uploaded.json().path("jobId").asString());
    assertThat(upload.sourceDigest()).isEqualTo(Digest.ofText(rows(40)));
    settled(uploaded);
    settled(
        steward.post(
            "/api/datasets/started/versions/1/mask",
            Map.of("kinds", List.of("EMAIL"), "numbered", true)));
    DatasetVersionStarted mask =
        events.awaitPublished(
            DatasetVersionStarted.class,
            event -> event.dataset().equals("started") && event.version() == 2);
    assertThat(mask.derivedFrom()).isEqualTo(1);
    assertThat(mask.maskedKinds()).containsExactly("EMAIL");
    TestClient.Answer requested =
        steward.post(
            "/api/datasets/started/versions/2/splits",
            Map.of("seed", 1, "subsets", Map.of("train", 0.5, "test", 0.5)));
    SplitRequested split =
        events.awaitPublished(SplitRequested.class, event -> event.dataset().equals("started"));
    assertThat(requested.header("Location")).endsWith(split.splitId().toString());
    settled(requested);
  }

  @Test
  void upload_mask_split_admission() throws IOException {
    register("mails");
    JsonNode first =
        settled(
            upload(
                "mails",
                gzip(rows(100) + "\"MESSAGE 1 about topic 7919, and nothing else!\",spam,web\r\n"),
                "Content-Encoding",
                "gzip"));
    assertThat(first.path("state").asString()).isEqualTo("READY");
    assertThat(first.at("/report/duplicates/exact").asInt()).isEqualTo(1);
    assertThat(first.at("/report/labels/contradictions").asInt()).isEqualTo(1);
    assertThat(first.at("/report/privacy/findings/EMAIL").asInt()).isEqualTo(10);
    DatasetVersionPublished published =
        events.awaitPublished(
            DatasetVersionPublished.class, event -> event.dataset().equals("mails"));
    assertThat(published)
        .isEqualTo(
            new DatasetVersionPublished(
                "mails",
                1,
                "CLASSIFICATION",
                new Digest(first.path("versionDigest").asString()),
                new Digest(first.path("reportDigest").asString()),
                101,
                Map.of("ham", 75L, "spam", 26L),
                10,
                false));

    JsonNode findings =
        steward.get("/api/datasets/mails/versions/1/findings?kind=EMAIL&limit=4").json();
    assertThat(findings.path("items").size()).isEqualTo(4);
    assertThat(findings.at("/items/0/detail/preview").asString())
        .isEqualTo("xx.xxxxxx@xxxxxxx.xxx");
    assertThat(findings.path("nextPageToken").asString()).isNotEmpty();

    assertThat(
            steward
                .post(
                    "/api/datasets/mails/versions/1/admission",
                    Map.of("purposes", List.of("TRAIN")))
                .json()
                .path("missing")
                .get(0)
                .asString())
        .startsWith("No dataset-admission policy");
    activatePolicy();
    TestClient.Answer refused = refusedByPolicy();
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("type").asString()).isEqualTo("/problems/admission-refused");
    assertThat(
            events
                .awaitPublished(AdmissionDecided.class, event -> event.policyDigest() != null)
                .outcome())
        .isEqualTo(Outcome.FAIL);
    Awaitility.await()
        .until(() -> denials().stream().anyMatch(denial -> denial.contains("admission-refused")));

    JsonNode masked =
        settled(steward.post("/api/datasets/mails/versions/1/mask", Map.of("numbered", true)));
    assertThat(masked.path("derivedFrom").asInt()).isEqualTo(1);
    assertThat(masked.at("/report/privacy/affectedRows").asInt()).isZero();
    assertThat(blob(masked.path("rowsDigest").asString()))
        .contains("<EMAIL_1>")
        .doesNotContain(SECRET_ADDRESS);

    Map<String, Object> recipe =
        Map.of(
            "seed",
            42,
            "subsets",
            Map.of("train", 0.6, "validation", 0.2, "test", 0.2),
            "dropDuplicates",
            true);
    JsonNode split = settled(steward.post("/api/datasets/mails/versions/2/splits", recipe));
    assertThat(split.path("state").asString()).as(split.toString()).isEqualTo("READY");
    assertThat(split.path("leakage").asInt()).isZero();
    assertThat(split.at("/subsets/train/rows").asInt()).isEqualTo(60);
    assertThat(
            steward
                .get("/api/datasets/mails/versions/2/splits")
                .json()
                .at("/items")
                .valueStream()
                .map(each -> each.path("splitDigest").asString()))
        .containsExactly(split.path("splitDigest").asString());
    JsonNode again = settled(steward.post("/api/datasets/mails/versions/2/splits", recipe));
    assertThat(again.path("splitDigest").asString())
        .isEqualTo(split.path("splitDigest").asString());
    assertThat(
            steward
                .get(
                    "/api/datasets/mails/versions/2/splits/" + split.path("splitDigest").asString())
                .status())
        .isEqualTo(200);
    SplitDefined defined =
        events.awaitPublished(
            SplitDefined.class,
            event -> event.splitDigest().hex().equals(split.path("splitDigest").asString()));
    assertThat(defined.versionDigest().hex()).isEqualTo(masked.path("versionDigest").asString());
    assertThat(defined.subsets().keySet()).containsExactlyInAnyOrder("train", "validation", "test");
    String train = blob(split.at("/subsets/train/digest").asString());
    assertThat(train.lines().count()).isEqualTo(60);
    assertThat(train.lines().findFirst().orElseThrow())
        .matches(
            "\\{\"itemId\":\"[0-9a-f]{16}\",\"input\":\\{\"messages\":\\[\\{\"role\":\"user\","
                + "\"content\":\".*\"}]},\"expected\":\\{\"label\":\"(ham|spam)\"}}");

    String itemId = train.substring(11, 27);
    JsonNode lineage = steward.get("/api/datasets/mails/versions/2/rows/" + itemId).json();
    assertThat(lineage.at("/item/itemId").asString()).isEqualTo(itemId);
    assertThat(lineage.at("/item/input/messages/0/content").asString()).startsWith("Message ");
    assertThat(lineage.path("origins").size()).isEqualTo(2);
    assertThat(lineage.at("/uses/0/subset").asString()).isEqualTo("train");

    TestClient.Answer admitted =
        steward.post(
            "/api/datasets/mails/versions/2/admission",
            Map.of("purposes", List.of("TRAIN", "EVALUATE")));
    assertThat(admitted.status()).as(admitted.toString()).isEqualTo(200);
    assertThat(
            steward
                .get("/api/datasets/mails/versions/2")
                .json()
                .at("/admission/outcome")
                .asString())
        .isEqualTo("PASS");
    assertThat(
            events.awaitPublished(AdmissionDecided.class, event -> event.version() == 2).purposes())
        .containsExactly("TRAIN", "EVALUATE");
    assertThat(
            steward
                .post("/api/datasets/mails/versions/2/admission", Map.of("purposes", List.of()))
                .status())
        .isEqualTo(400);

    assertThat(everythingPublished()).noneMatch(message -> message.contains(SECRET_ADDRESS));
  }

  private void activatePolicy() {
    String source =
        "[{\"name\":\"personal-data\",\"expression\":\"dataset.piiFindings == 0 ||"
            + " dataset.masked\",\"message\":\"Mask the personal"
            + " data.\"},{\"name\":\"no-leakage\",\"expression\":\"dataset.leakage =="
            + " 0\",\"message\":\"Split without leakage.\"}]";
    events.publish(
        new PolicyActivated("standard", 1, "dataset-admission", source, Digest.ofText(source)),
        "standard",
        1);
  }

  private TestClient.Answer refusedByPolicy() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                steward.post(
                    "/api/datasets/mails/versions/1/admission",
                    Map.of("purposes", List.of("TRAIN"))),
            answer -> answer.body().contains("Mask the personal data."));
  }

  private List<String> denials() {
    return events.read("plumbline.dataset-registry").stream()
        .filter(message ->
            TestEventClient.header(message, "ce_type")
                .equals(EventTypes.typeOf(ActionDenied.class)))
        .map(message -> new String(message.value(), StandardCharsets.UTF_8))
        .toList();
  }

  private String blob(String digest) throws IOException {
    try {
      return Caller.system(Workspaces.ACME)
          .call(() -> Files.readString(blobs.path(new Digest(digest))));
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void a_planted_leak_is_found_and_published() {
    register("leaky");
    StringBuilder csv = new StringBuilder("body,label,part\n");
    for (int i = 0; i < 20; i++) {
      csv.append("text number ")
          .append(i)
          .append(" of many,ham,")
          .append(i % 2 == 0 ? "train" : "test")
          .append('\n');
    }
    csv.append("TEXT number 0 of many!,ham,test\n");
    settled(upload("leaky", csv.toString()));
    JsonNode split =
        settled(steward.post("/api/datasets/leaky/versions/1/splits", Map.of("column", "part")));
    assertThat(split.path("leakage").asInt()).as(split.toString()).isEqualTo(1);
    assertThat(split.at("/leaks/0/kind").asString()).isEqualTo("EXACT");
    assertThat(
            events
                .awaitPublished(SplitDefined.class, event -> event.dataset().equals("leaky"))
                .leakage())
        .isEqualTo(1);
    String row = split.at("/leaks/0/leftItemId").asString();
    JsonNode byRows =
        settled(
            steward.post(
                "/api/datasets/leaky/versions/1/splits",
                Map.of(
                    "rows",
                    Map.of(
                        "train",
                        List.of(row),
                        "test",
                        List.of(split.at("/leaks/0/rightItemId").asString())))));
    assertThat(byRows.path("leakage").asInt()).isEqualTo(1);
    assertThat(byRows.at("/dropped/unnamed").asInt()).isEqualTo(19);
  }

  @Test
  void a_refused_upload_says_why_and_leaves_nothing() {
    register("strict");
    TestClient.Answer label = upload("strict", "body,label\na,ham\nb,eggs\n");
    assertThat(label.status()).isEqualTo(422);
    assertThat(label.json().at("/errors/0/pointer").asString()).isEqualTo("/rows/2/label");
    assertThat(upload("strict", "text,label\na,ham\n").json().at("/errors/0/pointer").asString())
        .isEqualTo("/header/body");
    assertThat(upload("strict", new byte[] {'b', (byte) 0xff}).json().path("detail").asString())
        .contains("byte 2");
    assertThat(upload("strict", "body,label\n\"a,ham\n").status()).isEqualTo(400);
    assertThat(upload("strict", "body,label\na,ham\n", "Content-Encoding", "gzip").status())
        .isEqualTo(400);
    assertThat(upload("strict", "body,label\na,ham\n", "Content-Encoding", "br").status())
        .isEqualTo(415);
    assertThat(upload("strict", "{\"body\":1}", "Content-Type", "application/json").status())
        .isEqualTo(415);
    assertThat(upload("strict", "body,label\n\"" + "a".repeat(3_000_000)).status()).isEqualTo(413);
    assertThat(upload("unknown", "body,label\na,ham\n").status()).isEqualTo(404);
    assertThat(steward.get("/api/datasets/strict/versions").json().path("items").size()).isZero();
  }

  @Test
  void an_upload_with_an_idempotency_key_is_refused_and_nothing_is_uploaded() {
    register("keyed");

    TestClient.Answer answer = upload("keyed", rows(10), "Idempotency-Key", "once");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.json().path("type").asString()).isEqualTo("/problems/invalid");
    assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("Idempotency-Key");
    assertThat(answer.json().at("/errors/0/detail").asString())
        .isEqualTo(
            "is not honoured by this operation; omit it, and read the state before you send again");
    assertThat(steward.get("/api/datasets/keyed/versions").json().path("items").size()).isZero();
  }

  @Test
  void a_finding_names_the_column_of_the_upload() {
    register("columned");
    settled(
        upload("columned", "body,label\r\nwrite to jo@example.org,spam\r\nsee you then,ham\r\n"));

    assertThat(fieldsWithAddresses("columned")).containsExactly("body");
  }

  @Test
  void a_fault_beyond_the_first_rows_fails_the_version_with_its_place() {
    register("late");
    JsonNode version = settled(upload("late", rows(1_200) + "odd one,eggs,web\r\n"));
    assertThat(version.path("state").asString()).isEqualTo("FAILED");
    assertThat(version.at("/problems/0/row").asInt()).isEqualTo(1_201);
    assertThat(version.at("/problems/0/field").asString()).isEqualTo("label");
    // The job ends after its version has failed.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            steward
                .get("/api/datasets/late/versions/1")
                .json()
                .at("/job/state")
                .asString()
                .equals("FAILED"));
    assertThat(
            steward
                .post("/api/datasets/late/versions/1/splits", Map.of("subsets", Map.of("test", 1)))
                .status())
        .isEqualTo(409);
  }

  @Test
  void bad_commands_are_refused_by_field() {
    assertThat(
            steward
                .post(
                    "/api/datasets",
                    Map.of("name", "Bad Name", "kind", "CLASSIFICATION", "textColumn", "a"))
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/name");
    assertThat(
            steward
                .post(
                    "/api/datasets",
                    Map.of("name", "no-label", "kind", "CLASSIFICATION", "textColumn", "a"))
                .status())
        .isEqualTo(400);
    assertThat(
            steward
                .post(
                    "/api/datasets", Map.of("name", "x-y", "kind", "DOCUMENTS", "workspaceId", "b"))
                .status())
        .isEqualTo(400);
    register("commands");
    assertThat(
            steward.post("/api/datasets", Map.of("name", "commands", "kind", "DOCUMENTS")).status())
        .isEqualTo(409);
    settled(upload("commands", rows(10)));
    String splits = "/api/datasets/commands/versions/1/splits";
    assertThat(
            steward
                .post(splits, Map.of("subsets", Map.of("train", 0.6)))
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("/subsets");
    assertThat(steward.post(splits, Map.of("subsets", Map.of("Train", 1))).status()).isEqualTo(400);
    assertThat(steward.post(splits, Map.of("seed", 1)).status()).isEqualTo(400);
    assertThat(settled(steward.post(splits, Map.of("column", "nowhere"))).path("error").asString())
        .contains("nowhere");
    Map<String, String> described = Map.of("description", "d", "licence", "MIT", "legalBasis", "");
    assertThat(steward.put("/api/datasets/commands", described).status()).isEqualTo(428);
    assertThat(
            steward.header("If-Match", "\"999\"").put("/api/datasets/commands", described).status())
        .isEqualTo(412);
    assertThat(
            steward
                .header("If-Match", steward.get("/api/datasets/commands").header("ETag"))
                .put("/api/datasets/commands", described)
                .status())
        .isEqualTo(200);
  }

  @Test
  void other_workspaces_and_lesser_roles_are_kept_out() {
    register("private");
    settled(upload("private", rows(10)));
    TestClient.TestCaller gus = client.as("gus", Workspaces.GLOBEX, Role.DATA_STEWARD);
    TestClient.Answer foreign = gus.get("/api/datasets/private");
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(gus.get("/api/datasets/private/versions/1/findings").status()).isEqualTo(404);
    assertThat(gus.get("/api/datasets").json().path("items").size()).isZero();
    TestClient.TestCaller vera = client.as("vera", Role.VIEWER);
    assertThat(vera.get("/api/datasets/private/versions/1").status()).isEqualTo(200);
    assertThat(vera.post("/api/datasets", Map.of("name", "mine", "kind", "DOCUMENTS")).status())
        .isEqualTo(403);
    assertThat(vera.get("/api/datasets/private/versions/1/rows/0123456789abcdef").status())
        .isEqualTo(403);
    assertThat(client.anonymous().get("/api/datasets").status()).isEqualTo(401);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void events_delivered_thrice_and_shuffled_lead_to_the_same_state() {
    new Redelivery(events, "dataset-registry")
        .emptying("admission_policy", "lineage_node", "lineage_edge")
        // A policy that arrives again enqueues a job, which makes no different decision.
        .ignoringTables("job")
        .verifyStateUnchanged();
  }
}
