package io.plumbline.inference.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.UsageReported;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.digest.TreeHasher;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.ManualClock;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the sums of a workspace's usage on the running service. */
class UsageTests extends InferenceTest {

  private static final String MODEL = "local/bge-small-en-v1.5";

  @Autowired TestClient client;
  @Autowired TestEventClient events;
  @Autowired JdbcClient sql;
  @Autowired UsageRecords records;
  @Autowired Outbox outbox;
  @Autowired PlatformTransactionManager transactions;

  /** The workspace of this test alone, so that nothing else is added up. */
  private final UUID workspace = UUID.randomUUID();

  @Test
  void usage_is_added_up_by_key_and_a_revoked_one_keeps_its_name() {
    TestClient.TestCaller sam = client.as("sam", workspace, Role.SRE, Role.PROMPT_ENGINEER);
    JsonNode gateway = createKey(sam, "Mail gateway");
    JsonNode batch = createKey(sam, "Nightly batch");
    embed(client.withToken(gateway.path("key").asString()));
    embed(client.withToken(gateway.path("key").asString()));
    embed(client.withToken(batch.path("key").asString()));
    embed(sam);
    revoke(sam, gateway);

    JsonNode usage = awaitUsage(sam, "groupBy=API_KEY", 4);

    assertThat(usage.path("rows").valueStream())
        .extracting(
            row -> row.path("apiKeyId").toString(),
            row -> row.path("apiKeyName").toString(),
            row -> row.path("requests").asLong(),
            row -> row.path("inputTokens").asLong() > 0,
            row -> row.path("model").isNull())
        .containsExactlyInAnyOrder(
            tuple(quoted(id(gateway)), quoted("Mail gateway"), 2L, true, true),
            tuple(quoted(id(batch)), quoted("Nightly batch"), 1L, true, true),
            tuple("null", "null", 1L, true, true));
    assertThat(usage.path("groups").asLong()).isEqualTo(3);
    assertThat(usage.at("/rows/0/apiKeyId").asString())
        .as("the one with the most requests first")
        .isEqualTo(id(gateway));
    JsonNode filtered =
        sam.get("/api/usage?groupBy=MODEL&model=" + MODEL + "&apiKey=" + id(batch)).json();
    assertThat(filtered.path("rows").valueStream())
        .extracting(row -> row.path("model").asString(), row -> row.path("requests").asLong())
        .containsExactly(tuple(MODEL, 1L));
    for (String nothing :
        List.of("application=none", "variant=" + "0".repeat(64), "to=2020-01-01T00:00:00Z")) {
      assertThat(sam.get("/api/usage?groupBy=API_KEY&" + nothing).json().path("rows").size())
          .as(nothing)
          .isZero();
    }
  }

  @Test
  void another_workspace_sees_neither_usage_nor_names() {
    TestClient.TestCaller sam = client.as("sam", workspace, Role.SRE, Role.PROMPT_ENGINEER);
    JsonNode key = createKey(sam, "Mail gateway");
    embed(client.withToken(key.path("key").asString()));
    awaitUsage(sam, "groupBy=API_KEY", 1);

    Answer others =
        client
            .as("gus", Workspaces.GLOBEX, Role.ADMIN)
            .get("/api/usage?groupBy=API_KEY&apiKey=" + id(key));

    assertThat(others.status()).isEqualTo(200);
    assertThat(others.json().path("rows").size()).isZero();
  }

  @Test
  void a_call_has_a_receipt_that_leads_to_what_was_published_and_for_nobody_else() {
    TestClient.TestCaller sam = client.as("sam", workspace, Role.SRE, Role.PROMPT_ENGINEER);
    JsonNode key = createKey(sam, "Mail gateway");
    String request = embed(client.withToken(key.path("key").asString()));
    embed(sam);
    awaitUsage(sam, "groupBy=API_KEY", 2);
    ManualClock later = new ManualClock(Instant.now().plus(Duration.ofMinutes(2)));
    new UsageReports(sql, records, outbox, transactions, later, Duration.ofSeconds(5)).publish();

    Answer answer = sam.get("/api/traces/" + request + "/receipt");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode receipt = answer.json();
    String text = receipt.path("record").asString();
    JsonNode record = JsonMapper.shared().readTree(text);
    assertThat(record.path("apiKeyId").asString()).isEqualTo(id(key));
    assertThat(record.path("workspace").asString()).isEqualTo(workspace.toString());
    assertThat(record.path("model").asString()).isEqualTo(MODEL);
    byte[] leaf = new TreeHasher().leaf(text.getBytes(StandardCharsets.UTF_8));
    assertThat(receipt.path("leafHash").asString())
        .as("the trace says what was counted")
        .isEqualTo(Digest.ofRaw(leaf).hex());
    UsageReported reported =
        events.awaitPublished(
            UsageReported.class, each -> id(key).equals(String.valueOf(each.apiKeyId())));
    assertThat(receipt.path("root").asString()).isEqualTo(reported.recordsRoot().hex());
    assertThat(receipt.path("count").asLong()).isEqualTo(reported.requests()).isEqualTo(1);
    assertThat(receipt.path("path").size()).isZero();
    assertThat(receipt.path("eventSubject").asString())
        .isEqualTo("usage/" + receipt.path("batchId").asString());
    assertThat(
            client
                .as("gus", Workspaces.GLOBEX, Role.ADMIN)
                .get("/api/traces/" + request + "/receipt")
                .status())
        .isEqualTo(404);
  }

  @Test
  void a_time_that_is_none_and_one_that_is_too_long_are_refused_by_name() {
    TestClient.TestCaller vera = client.as("vera", workspace, Role.PROMPT_ENGINEER);

    for (String wrong :
        List.of(
            "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
            "from=2026-01-01T00:00:00Z&to=2026-06-01T00:00:00Z",
            "from=-999999999-01-01T00:00:00Z",
            "to=%2B999999999-01-01T00:00:00Z")) {
      Answer refused = vera.get("/api/usage?groupBy=MODEL&" + wrong);
      assertThat(refused.status()).as(wrong).isEqualTo(400);
      assertThat(refused.body()).as(wrong).contains("must be");
    }
    assertThat(vera.get("/api/usage").status()).isEqualTo(400);
  }

  /** Returns the usage once a number of requests were stored. */
  private static JsonNode awaitUsage(TestClient.TestCaller reader, String query, long requests) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> reader.get("/api/usage?" + query).json(),
            usage ->
                usage
                        .path("rows")
                        .valueStream()
                        .mapToLong(row -> row.path("requests").asLong())
                        .sum()
                    == requests);
  }

  private static JsonNode createKey(TestClient.TestCaller operator, String name) {
    Answer created = operator.post("/api/api-keys", Map.of("name", name, "models", List.of(MODEL)));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return created.json();
  }

  private static void revoke(TestClient.TestCaller operator, JsonNode key) {
    Answer revoked =
        operator.post("/api/api-keys/" + id(key) + "/revoke", Map.of("reason", "It leaked"));
    assertThat(revoked.status()).as(revoked.body()).isEqualTo(200);
  }

  private static String id(JsonNode created) {
    return created.at("/apiKey/apiKeyId").asString();
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  /** Embeds a text, and returns the id of the request. */
  private static String embed(TestClient.TestCaller caller) {
    Answer answer = caller.post("/v1/embeddings", Map.of("model", MODEL, "input", "hello"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.header("x-request-id");
  }
}
