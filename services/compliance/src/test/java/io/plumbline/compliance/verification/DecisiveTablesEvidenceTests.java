package io.plumbline.compliance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.contracts.Digest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests that tables by which a service decides are compared with the log. The tables are created
 * here, in the database of the ledger.
 */
@Tag("servers")
class DecisiveTablesEvidenceTests {

  private static final String SERVICE = "evidence-decisive";
  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final UUID ID = new UUID(0, 1);
  private static final String DIGEST = Digest.ofText("one").hex();
  private static final String OTHER = Digest.ofText("other").hex();

  /** A table, the event of its row, that row, and a change of it with the column that differs. */
  enum Decisive {
    ADMISSION_POLICY(
        "dataset-registry",
        "policy text, version int, source text, PRIMARY KEY (workspace_id, policy)",
        "io.plumbline.policy.activated.v1",
        Map.of(
            "policy",
            "standard",
            "version",
            1,
            "target",
            "dataset-admission",
            "source",
            "[]",
            "policyDigest",
            DIGEST),
        "'standard', 1, '[]'",
        "'invented', 1, '[]'",
        "source",
        "'[1]', version = 2"),
    INDEX_VERSION(
        "inference",
        "index_id uuid, index_digest text, name text, split_digest text, passages bigint",
        "io.plumbline.index.built.v1",
        Map.of(
            "index",
            "manuals",
            "indexDigest",
            DIGEST,
            "splitDigest",
            DIGEST,
            "recipe",
            Map.of("subset", "train"),
            "passages",
            7),
        "'%s', '%s', 'manuals', '%s', 7".formatted(ID, DIGEST, DIGEST),
        "'%s', '%s', 'manuals', '%s', 7".formatted(new UUID(0, 2), OTHER, DIGEST),
        "split_digest",
        "'" + OTHER + "'"),
    RELEASE(
        "strategy",
        """
        id uuid PRIMARY KEY, application text, environment text, variant_digest text, state text, percent int,
        reason text, version bigint\
        """,
        "io.plumbline.release.changed.v1",
        Map.of(
            "releaseId",
            ID,
            "application",
            "mails",
            "environment",
            "production",
            "variantDigest",
            DIGEST,
            "state",
            "ACTIVE",
            "percent",
            100,
            "verdictSequence",
            0),
        "'%s', 'mails', 'production', '%s', 'ACTIVE', 100, NULL, 1".formatted(ID, DIGEST),
        "'%s', 'mails', 'production', '%s', 'ACTIVE', 100, NULL, 1"
            .formatted(new UUID(0, 2), DIGEST),
        "variant_digest",
        "'" + OTHER + "'"),
    RUN(
        "evaluation",
        """
        id uuid PRIMARY KEY, application text, suite_digest text, subject_digest text, model text, seed bigint,
        total int\
        """,
        "io.plumbline.run.started.v1",
        Map.of(
            "runId",
            ID,
            "application",
            "mails",
            "suiteDigest",
            DIGEST,
            "subjectDigest",
            DIGEST,
            "model",
            "mails/v1",
            "seed",
            3,
            "items",
            40),
        "'%s', 'mails', '%s', '%s', 'mails/v1', 3, 40".formatted(ID, DIGEST, DIGEST),
        "'%s', 'mails', '%s', '%s', 'mails/v1', 3, 40".formatted(new UUID(0, 2), DIGEST, DIGEST),
        "subject_digest",
        "'" + OTHER + "'"),
    SUITE_OPENING(
        "evaluation",
        "suite_digest text PRIMARY KEY, reason text",
        "io.plumbline.suite.opened.v1",
        Map.of("suite", "mails", "suiteDigest", DIGEST, "reason", "A customer asks"),
        "'%s', 'A customer asks'".formatted(DIGEST),
        "'%s', 'A customer asks'".formatted(OTHER),
        "reason",
        "'Another'");

    private final String service;
    private final String columns;
    private final String type;
    private final String event;
    private final String row;
    private final String madeUp;
    private final String changed;
    private final String value;

    Decisive(
        String service,
        String columns,
        String type,
        Map<String, Object> event,
        String row,
        String madeUp,
        String changed,
        String value) {
      this.service = service;
      this.columns = columns;
      this.type = type;
      this.event = JsonMapper.shared().writeValueAsString(new TreeMap<>(event));
      this.row = row;
      this.madeUp = madeUp;
      this.changed = changed;
      this.value = value;
    }

    String table() {
      return name().toLowerCase(Locale.ROOT);
    }

    String insert(String values) {
      return "INSERT INTO %s VALUES ('%s', %s)".formatted(table(), WORKSPACE, values);
    }
  }

  private final LedgerFixture ledger = new LedgerFixture(SERVICE);

  @ParameterizedTest
  @EnumSource
  void a_row_that_was_made_up_is_named(Decisive table) {
    store(table);
    assertThat(findings(table)).isEmpty();
    ledger.asSuperuser(table.insert(table.madeUp));

    assertThat(findings(table)).singleElement().asString().contains(table.table(), "made up");
  }

  @ParameterizedTest
  @EnumSource
  void a_row_that_was_changed_is_named(Decisive table) {
    store(table);
    ledger.asSuperuser(
        "UPDATE %s SET %s = %s".formatted(table.table(), table.changed, table.value));

    assertThat(findings(table))
        .singleElement()
        .asString()
        .contains(table.table(), "something else of " + table.changed);
  }

  private void store(Decisive table) {
    ledger.asSuperuser(
        "DROP TABLE IF EXISTS " + table.table(),
        "CREATE TABLE %s (workspace_id uuid, %s)".formatted(table.table(), table.columns),
        "SELECT show_to_auditor('%s')".formatted(table.table()),
        table.insert(table.row));
    ledger.record(LedgerFixture.message(table.name(), table.type, "one", table.event));
    ledger.sequence();
  }

  private List<String> findings(Decisive table) {
    return new ComparedTable(table.service, table.table()).findings(SERVICE, ledger);
  }
}
