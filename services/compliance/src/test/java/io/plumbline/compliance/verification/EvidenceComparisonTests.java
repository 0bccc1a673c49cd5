package io.plumbline.compliance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.verification.Finding;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.data.GuardTriggers;
import io.plumbline.platform.projection.ProjectionDescription;
import io.plumbline.platform.test.EmbeddedServers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests that rows which do not follow from the log are named. The tables of inference are created
 * here, in the database of the ledger.
 */
@Tag("servers")
class EvidenceComparisonTests {

  private static final String SERVICE = "evidence-tables";
  private static final String ISSUED = "io.plumbline.verdict.issued.v1";
  private static final String PUBLISHED = "io.plumbline.prompt.version-published.v1";
  private static final String LISTED = "io.plumbline.base-model.listed.v1";
  private static final UUID FAIL = new UUID(0, 1);
  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final List<String> TABLES =
      List.of("verdict_projection", "base_model_projection", "prompt_author_projection");

  private final LedgerFixture ledger = new LedgerFixture(SERVICE);

  @BeforeEach
  void store() {
    ledger.asSuperuser(
        "DELETE FROM dead_letter",
        "DROP TABLE IF EXISTS verdict_projection, base_model_projection, prompt_author_projection",
        """
        CREATE TABLE verdict_projection (workspace_id uuid, verdict_id uuid, kind text, application text,
          sequence bigint, subject_digest text, criteria_digest text, outcome text, reasons jsonb,
          compared_with jsonb, PRIMARY KEY (workspace_id, verdict_id))
        """,
        """
        CREATE TABLE base_model_projection (workspace_id uuid, model text, model_digest text, context_window int,
          input_per_million numeric(18, 9), cached_input_per_million numeric(18, 9),
          output_per_million numeric(18, 9), currency text, version bigint, PRIMARY KEY (workspace_id, model))
        """,
        """
        CREATE TABLE prompt_author_projection (workspace_id uuid, prompt_digest text, author text,
          PRIMARY KEY (workspace_id, prompt_digest, author))
        """,
        "SELECT append_only('verdict_projection')",
        "SELECT append_only_except('base_model_projection', 'version', 'input_per_million')",
        "SELECT show_to_auditor('verdict_projection', 'base_model_projection',"
            + " 'prompt_author_projection')",
        "ALTER TABLE verdict_projection ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        "ALTER TABLE base_model_projection ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");
    ledger.record(
        verdict(FAIL, "FAIL"),
        price("1", "0.10"),
        price("2", "0.20"),
        prompt("new", List.of("ann", "bob")),
        prompt("old", null));
    ledger.sequence();
    ledger.asSuperuser(
        row(WORKSPACE, FAIL, "FAIL"),
        """
        INSERT INTO base_model_projection VALUES ('%s', 'p/m', '%s', 4096, 0.2, NULL, 0.3, 'USD', 1)
        """
            .formatted(WORKSPACE, Digest.ofText("m").hex()),
        author("new", "ann"),
        author("new", "bob"),
        author("old", "whom the registry named"));
  }

  @Test
  void an_author_that_no_event_names_is_named() {
    ledger.asSuperuser(author("new", "eve"));

    assertThat(findings())
        .singleElement()
        .asString()
        .contains("prompt_author_projection", "was made up", ", eve)");
  }

  @Test
  void an_author_that_was_removed_is_named() {
    ledger.tamper("DELETE FROM prompt_author_projection WHERE author = 'bob'");

    assertThat(findings())
        .singleElement()
        .asString()
        .contains("prompt_author_projection", "is missing", ", bob, entry 3)");
  }

  @Test
  void rows_that_follow_from_the_log_are_not_named() {
    assertThat(findings()).isEmpty();
  }

  @Test
  void a_verdict_that_was_made_up_is_named() {
    ledger.asSuperuser(row(WORKSPACE, new UUID(0, 2), "PASS"));

    assertThat(findings())
        .containsExactly(
            "A row of the table verdict_projection of evidence-tables was made up: no event in the"
                + " log says what it does (workspace "
                + WORKSPACE
                + ", key 00000000-0000-0000-0000-000000000002)");
  }

  @Test
  void a_verdict_in_a_workspace_that_the_log_does_not_know_is_named() {
    ledger.asSuperuser(row(new UUID(7, 7), FAIL, "PASS"));

    assertThat(findings()).singleElement().asString().contains("made up", "workspace 0000");
  }

  @Test
  void a_verdict_that_was_changed_is_named_with_its_columns() {
    ledger.tamper("UPDATE verdict_projection SET outcome = 'PASS', reasons = '[]'");

    assertThat(findings())
        .containsExactly(
            "A row of the table verdict_projection of evidence-tables was changed: its event in the"
                + " log says something else of outcome, reasons (workspace "
                + WORKSPACE
                + ", key "
                + FAIL
                + ", entry 0)");
  }

  @Test
  void a_verdict_that_was_removed_is_named() {
    ledger.tamper("DELETE FROM verdict_projection");

    assertThat(findings()).singleElement().asString().contains("is missing", "entry 0");
  }

  @Test
  void a_row_is_that_of_the_newest_event() {
    ledger.tamper("UPDATE base_model_projection SET input_per_million = 0.1");

    assertThat(findings())
        .singleElement()
        .asString()
        .contains("something else of input_per_million", "key p/m, entry 2");
  }

  @Test
  void an_event_that_could_not_be_applied_is_no_missing_row() {
    ledger.tamper("DELETE FROM verdict_projection", deadLetter("type = '" + ISSUED + "'"));

    assertThat(findings()).isEmpty();
  }

  @Test
  void a_row_whose_newest_event_could_not_be_applied_is_that_of_the_event_before() {
    ledger.tamper(
        deadLetter("event_id = '" + eventId("2") + "'"),
        "UPDATE base_model_projection SET input_per_million = 0.1");

    assertThat(findings()).isEmpty();
  }

  @Test
  void a_dead_letter_excuses_no_row_that_no_event_says() {
    ledger.tamper(
        deadLetter("true"),
        "UPDATE base_model_projection SET input_per_million = 0",
        "UPDATE verdict_projection SET outcome = 'PASS'");

    assertThat(findings())
        .hasSize(2)
        .anySatisfy(each -> assertThat(each).contains("something else of input_per_million"))
        .anySatisfy(each -> assertThat(each).contains("something else of outcome"));
  }

  @Test
  void a_dead_letter_of_an_event_that_the_log_does_not_have_excuses_nothing_and_is_named() {
    ledger.tamper(
        "DELETE FROM verdict_projection",
        deadLetter("type = '" + ISSUED + "'"),
        "UPDATE dead_letter SET key = 'another'");

    assertThat(findings())
        .hasSize(2)
        .anySatisfy(each -> assertThat(each).contains("verdict_projection", "is missing"))
        .anySatisfy(each -> assertThat(each).contains("dead_letter", "was made up"));
  }

  @Test
  void a_refused_message_excuses_nothing() {
    ledger.tamper(
        "DELETE FROM verdict_projection",
        deadLetter("type = '" + ISSUED + "'"),
        "UPDATE dead_letter SET refused = true");

    assertThat(findings()).singleElement().asString().contains("is missing");
  }

  @Test
  void a_trigger_of_the_same_name_that_refuses_nothing_is_named() {
    EvidenceFile described = described();
    ledger.asSuperuser(
        "DROP TRIGGER append_only ON verdict_projection",
        "CREATE OR REPLACE FUNCTION refuse_nothing() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON verdict_projection"
            + " FOR EACH ROW EXECUTE FUNCTION refuse_nothing()",
        "ALTER TABLE base_model_projection DISABLE TRIGGER append_only",
        "CREATE TRIGGER another BEFORE INSERT ON verdict_projection"
            + " FOR EACH ROW EXECUTE FUNCTION refuse_nothing()");

    assertThat(findings(described))
        .containsExactlyInAnyOrder(
            "The trigger append_only that guards the table verdict_projection of evidence-tables"
                + " was replaced by one that does something else",
            "The trigger append_only that guards the table base_model_projection of evidence-tables"
                + " is missing or disabled",
            "The trigger another that guards the table verdict_projection of evidence-tables was"
                + " added");
  }

  @Test
  void a_policy_that_hides_a_row_from_the_verification_is_named() {
    EvidenceFile described = described();
    UUID hidden = new UUID(0, 2);
    ledger.asSuperuser(
        row(WORKSPACE, hidden, "PASS"),
        "ALTER POLICY auditor ON verdict_projection USING (verdict_id <> '" + hidden + "')");

    assertThat(findings(described))
        .containsExactly(
            "The policy auditor that guards the table verdict_projection of evidence-tables was"
                + " replaced by one that does something else");
  }

  @Test
  void a_policy_that_was_added_and_row_security_that_was_switched_are_named() {
    EvidenceFile described = described();
    ledger.asSuperuser(
        "CREATE POLICY another ON verdict_projection USING (true)",
        "ALTER TABLE base_model_projection DISABLE ROW LEVEL SECURITY");

    assertThat(findings(described))
        .containsExactlyInAnyOrder(
            "The policy another that guards the table verdict_projection of evidence-tables was"
                + " added",
            "The row security that guards the table base_model_projection of evidence-tables was"
                + " replaced by one that does something else");
  }

  @Test
  void tables_of_the_same_names_elsewhere_are_not_read_in_their_place() {
    ledger.asSuperuser(
        "DROP SCHEMA IF EXISTS fake CASCADE",
        "CREATE SCHEMA fake",
        "GRANT USAGE ON SCHEMA fake TO " + EmbeddedServers.AUDITOR,
        "CREATE VIEW fake.verdict_projection AS SELECT * FROM public.verdict_projection"
            + " WHERE outcome <> 'PASS'",
        "GRANT SELECT ON fake.verdict_projection TO " + EmbeddedServers.AUDITOR,
        row(WORKSPACE, new UUID(0, 2), "PASS"),
        inThisDatabase("SET search_path = fake, public"));
    try {
      assertThat(findings()).singleElement().asString().contains("was made up");
    } finally {
      ledger.asSuperuser(inThisDatabase("RESET search_path"), "DROP SCHEMA fake CASCADE");
    }
  }

  private static String inThisDatabase(String setting) {
    return "ALTER ROLE " + EmbeddedServers.AUDITOR + " IN DATABASE evidence_tables " + setting;
  }

  @Test
  void a_database_that_cannot_be_read_has_not_passed() {
    EvidenceDatabases wrong = new EvidenceDatabases(url(), "nobody_of_this_name", "auditor");

    assertThat(ComparedTable.comparison(wrong, ledger).findings(SERVICE, described()))
        .extracting(Finding::toString)
        .containsExactly(
            "The tables of evidence-tables were not compared with the log: its database cannot be"
                + " read");
  }

  @Test
  void every_service_is_described() {
    assertThat(EvidenceComparison.services())
        .allSatisfy(service -> assertThat(EvidenceFile.of(service).triggers()).isNotEmpty());
  }

  private List<String> findings() {
    return findings(described());
  }

  private List<String> findings(EvidenceFile described) {
    EvidenceDatabases databases = new EvidenceDatabases(url(), EmbeddedServers.AUDITOR, "auditor");
    return ComparedTable.comparison(databases, ledger).findings(SERVICE, described).stream()
        .map(Finding::toString)
        .toList();
  }

  private EvidenceFile described() {
    List<ProjectionDescription> tables =
        EvidenceFile.of("inference").tables().stream()
            .filter(table -> TABLES.contains(table.table()))
            .toList();
    try (Connection connection = EmbeddedServers.connectAsSuperuser(SERVICE)) {
      return new EvidenceFile(tables, GuardTriggers.read(connection));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the statement that sets messages of the log aside. */
  private static String deadLetter(String condition) {
    return """
    INSERT INTO dead_letter (workspace_id, source, event_id, type, key, topic, partition, "offset", headers, value,
      cause, refused) SELECT workspace, source, event_id::uuid, type, subject, '', 0, 0, '{}', '', '', false
    FROM ledger_message WHERE %s
    """
        .formatted(condition);
  }

  private static UUID eventId(String id) {
    return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
  }

  private static String url() {
    return EmbeddedServers.databaseUrl(SERVICE).replace("evidence_tables", "{database}");
  }

  private static String row(UUID workspace, UUID verdict, String outcome) {
    return """
    INSERT INTO verdict_projection VALUES ('%s', '%s', 'RELEASE', 'mails', 3, '%s', NULL, '%s', '["too slow"]', NULL)
    """
        .formatted(workspace, verdict, Digest.ofText("v").hex(), outcome);
  }

  private static LedgerMessage verdict(UUID id, String outcome) {
    return LedgerFixture.message(
        id.toString(),
        ISSUED,
        "mails",
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "verdictId",
                    id,
                    "kind",
                    "RELEASE",
                    "application",
                    "mails",
                    "sequence",
                    3,
                    "subjectDigest",
                    Digest.ofText("v").hex(),
                    "outcome",
                    outcome,
                    "reasons",
                    List.of("too slow"))));
  }

  private static String author(String prompt, String author) {
    return "INSERT INTO prompt_author_projection VALUES ('%s', '%s', '%s')"
        .formatted(WORKSPACE, Digest.ofText(prompt).hex(), author);
  }

  private static LedgerMessage prompt(String name, @Nullable List<String> authors) {
    Map<String, Object> event =
        new HashMap<>(
            Map.of(
                "prompt",
                name,
                "version",
                1,
                "digest",
                Digest.ofText(name).hex(),
                "author",
                "ann",
                "message",
                "first"));
    if (authors != null) {
      event.put("authors", authors);
    }
    return LedgerFixture.message(
        name, PUBLISHED, name, JsonMapper.shared().writeValueAsString(event));
  }

  private static LedgerMessage price(String id, String input) {
    return LedgerFixture.message(
        id,
        LISTED,
        "p/m",
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "model",
                    "p/m",
                    "modelDigest",
                    Digest.ofText("m").hex(),
                    "provider",
                    "p",
                    "contextWindow",
                    4096,
                    "inputPerMillion",
                    Map.of("amount", input, "currency", "USD"),
                    "outputPerMillion",
                    Map.of("amount", "0.30", "currency", "USD"),
                    "licence",
                    "x",
                    "tunable",
                    false)));
  }
}
