package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plumbline.demo.api.ApiUser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Tampers with the ledger's database while the platform runs, and checks what the platform then
 * reports. Everything is put back.
 */
@ExtendWith(Platform.class)
@Isolated("It halts the ledger.")
class LedgerTamperingIT {

  private static final long SEQUENCER_LOCK = 0x706c756d_6c656467L;
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Rows whose events may still be under way are looked up again, which takes a while. */
  private static final Duration VERIFIED = Duration.ofMinutes(2);

  private final ApiUser ada = Platform.user("ada");
  private final String prompt = "tampered-" + Long.toString(System.nanoTime(), 36);

  @ParameterizedTest
  @ValueSource(strings = {"ledger_message", "ledger_entry", "ledger_head", "audit_entry"})
  void the_service_itself_can_erase_no_evidence(String table) {
    try (ServiceDatabase database = ServiceDatabase.asService(ServiceDatabase.LEDGER)) {
      assertThatThrownBy(() -> database.run("DELETE FROM " + table))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void a_row_erased_before_it_was_appended_is_missed() {
    // The record before it in its partition shows that there is a gap.
    publish();
    await().atMost(SOON).until(() -> entries() == 1);
    try (ServiceDatabase database = ServiceDatabase.asSuperuser(ServiceDatabase.LEDGER)) {
      database.run(
          "SELECT pg_advisory_lock(" + SEQUENCER_LOCK + ")",
          "CREATE TABLE IF NOT EXISTS aside_message (LIKE ledger_message)",
          "TRUNCATE aside_message");
      try {
        publish();
        publish();
        await()
            .atMost(SOON)
            .until(() ->
                database.number(
                        "SELECT count(*) FROM ledger_message WHERE subject = '" + prompt + "'")
                    >= 3);
        database.atOnce(
            "INSERT INTO aside_message SELECT * FROM ledger_message WHERE subject = '"
                + prompt
                + "' ORDER BY position OFFSET 1 LIMIT 1",
            "DELETE FROM ledger_message WHERE position IN (SELECT position FROM aside_message)");

        assertThat(Platform.command("verify-ledger"))
            .satisfies(outcome -> assertThat(outcome.exit()).isEqualTo(1))
            .satisfies(outcome ->
                assertThat(outcome.output())
                    .contains("of plumbline.prompt-registry")
                    .contains("neither is an entry nor was skipped"));
        assertThat(findings().toString()).contains("neither is an entry nor was skipped");
      } finally {
        database.run(
            "INSERT INTO ledger_message TABLE aside_message",
            "DROP TABLE aside_message",
            "SELECT pg_advisory_unlock(" + SEQUENCER_LOCK + ")");
      }
    }
    await().atMost(SOON).until(() -> entries() == 3);
    holds();
  }

  @Test
  void a_log_rolled_back_while_it_runs_halts_the_ledger() {
    publish();
    publish();
    await().atMost(SOON).until(() -> entries() == 2);
    try (ServiceDatabase database = ServiceDatabase.asSuperuser(ServiceDatabase.LEDGER)) {
      await()
          .atMost(SOON)
          .until(() ->
              database.number(
                      "SELECT f.tree_size - max(h.tree_size) FROM ledger_fresh_head f, ledger_head"
                          + " h GROUP BY f.tree_size")
                  == 0);
      long kept =
          database.number("SELECT tree_size FROM ledger_head ORDER BY tree_size DESC OFFSET 1");
      database.run(
          "DROP TABLE IF EXISTS aside_entry, aside_head, aside_fresh",
          "CREATE TABLE aside_entry (LIKE ledger_entry)",
          "CREATE TABLE aside_head (LIKE ledger_head)",
          "CREATE TABLE aside_fresh (LIKE ledger_fresh_head)");
      database.atOnce(
          "SELECT pg_advisory_xact_lock(" + SEQUENCER_LOCK + ")",
          "INSERT INTO aside_entry SELECT * FROM ledger_entry WHERE idx >= " + kept,
          "INSERT INTO aside_head SELECT * FROM ledger_head WHERE tree_size > " + kept,
          "INSERT INTO aside_fresh SELECT * FROM ledger_fresh_head",
          "DELETE FROM ledger_entry WHERE idx >= " + kept,
          "DELETE FROM ledger_head WHERE tree_size > " + kept,
          "DELETE FROM ledger_fresh_head",
          "INSERT INTO ledger_fresh_head SELECT true, * FROM ledger_head WHERE tree_size = "
              + kept);
      try {
        JsonNode halted =
            await()
                .atMost(SOON)
                .until(
                    () -> Platform.user("ada").get("/api/ledger/verification").json(),
                    answer -> answer.hasNonNull("halted"));
        assertThat(halted.get("halted").asString()).contains("The ledger has " + kept + " entries");
        assertThat(database.number("SELECT tree_size FROM ledger_fresh_head")).isEqualTo(kept);
      } finally {
        database.atOnce(
            "SELECT pg_advisory_xact_lock(" + SEQUENCER_LOCK + ")",
            "INSERT INTO ledger_entry TABLE aside_entry",
            "INSERT INTO ledger_head TABLE aside_head",
            "DELETE FROM ledger_fresh_head",
            "INSERT INTO ledger_fresh_head TABLE aside_fresh",
            "DROP TABLE aside_entry, aside_head, aside_fresh");
      }
    }
    publish();
    await().atMost(SOON).until(() -> entries() == 3);
    holds();
  }

  @Test
  void a_rewritten_audit_is_named_and_still_shows_what_was_recorded() {
    publish();
    await().atMost(SOON).until(() -> entries() == 1);
    JsonNode before = audit().get(0);
    try (ServiceDatabase database = ServiceDatabase.asSuperuser(ServiceDatabase.LEDGER)) {
      database.run(
          "UPDATE audit_entry SET actor = 'somebody-else' WHERE object = '" + prompt + "'");
      try {
        JsonNode entry = audit().get(0);
        assertThat(entry.get("actor")).isEqualTo(before.get("actor"));
        assertThat(entry.get("warnings").valueStream().map(JsonNode::asString))
            .contains("PROJECTION_CHANGED");
        assertThat(Platform.command("verify-ledger"))
            .satisfies(outcome -> assertThat(outcome.exit()).isEqualTo(1))
            .satisfies(outcome ->
                assertThat(outcome.output())
                    .contains("entry " + before.get("index"), "its row in the audit was changed"));
        assertThat(findings().toString()).contains("its row in the audit was changed");
      } finally {
        database.run(
            "UPDATE audit_entry SET actor = '"
                + before.get("actor").asString()
                + "' WHERE object = '"
                + prompt
                + "'");
      }
    }
    holds();
  }

  @Test
  void a_verdict_that_was_made_up_in_the_database_of_another_service_is_named() {
    String verdict = UUID.randomUUID().toString();
    try (ServiceDatabase database = ServiceDatabase.asSuperuser("inference")) {
      database.run(
          """
          INSERT INTO verdict_projection (workspace_id, verdict_id, kind, application, sequence, subject_digest,
            outcome, reasons)
          VALUES ('0190a000-0000-7000-8000-000000000001', '%s', 'RELEASE', 'made-up', 1, '%s', 'PASS', '[]')
          """
              .formatted(verdict, "0".repeat(64)));
      try {
        assertThat(Platform.command("verify-ledger"))
            .satisfies(outcome -> assertThat(outcome.exit()).isEqualTo(1))
            .satisfies(outcome ->
                assertThat(outcome.output())
                    .contains("verdict_projection of inference was made up", verdict));
        assertThat(findings().toString()).contains("verdict_projection of inference was made up");
      } finally {
        database.run("DELETE FROM verdict_projection WHERE verdict_id = '" + verdict + "'");
      }
    }
    holds();
  }

  private void publish() {
    ada.post("/api/prompts", Map.of("name", prompt, "description", "d"));
    ada.post(
            "/api/prompts/" + prompt + "/versions",
            ResourceKind.PROMPT_VERSION.body("version " + System.nanoTime()))
        .expect(201);
  }

  private JsonNode audit() {
    return ada.get("/api/audit?type=prompt.version-published&object=" + prompt).json().get("items");
  }

  private int entries() {
    return audit().size();
  }

  private List<JsonNode> findings() {
    await()
        .atMost(VERIFIED)
        .until(() -> Platform.user("cleo").post("/api/ledger/verify", Map.of()).status() == 202);
    return await()
        .atMost(VERIFIED)
        .until(
            () -> ada.get("/api/ledger/verification").json(),
            read -> !read.get("running").asBoolean())
        .get("last")
        .get("findings")
        .valueStream()
        .toList();
  }

  private static void holds() {
    Platform.Outcome outcome = Platform.command("verify-ledger");
    assertThat(outcome.exit()).as(outcome.output()).isZero();
  }
}
