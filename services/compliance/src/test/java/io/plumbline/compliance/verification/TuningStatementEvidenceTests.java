package io.plumbline.compliance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests that statements about tuned models which do not follow from the log are named. */
@Tag("servers")
class TuningStatementEvidenceTests {

  private static final String SERVICE = "evidence-statements";
  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final UUID OPEN = new UUID(0, 1);
  private static final UUID CONFIRMED = new UUID(0, 2);
  private static final UUID REJECTED = new UUID(0, 3);
  private static final UUID WITHDRAWN = new UUID(0, 4);

  private final LedgerFixture ledger = new LedgerFixture(SERVICE);

  @BeforeEach
  void store() {
    ledger.asSuperuser(
        "DROP TABLE IF EXISTS tuning_statement",
        """
        CREATE TABLE tuning_statement (workspace_id uuid, id uuid, model text, reason text, stated_by text,
          stated_at timestamptz, confirmed_by text, confirmed_at timestamptz, ended_as text, ended_by text,
          ended_at timestamptz, end_reason text, PRIMARY KEY (workspace_id, id))
        """,
        "SELECT show_to_auditor('tuning_statement')");
    for (UUID statement : List.of(OPEN, CONFIRMED, REJECTED, WITHDRAWN)) {
      ledger.record(event("stated", statement, Map.of("reason", "Tuned on our tickets")));
      ledger.asSuperuser(
          """
          INSERT INTO tuning_statement (workspace_id, id, model, reason, stated_by, stated_at)
          VALUES ('%s', '%s', 'p/%2$s', 'Tuned on our tickets', 'ada', now())
          """
              .formatted(WORKSPACE, statement));
    }
    ledger.record(
        event("confirmed", CONFIRMED, Map.of("confirmedBy", "ben")),
        event("rejected", REJECTED, Map.of("rejectedBy", "ben", "reason", "It is the base model")),
        event("withdrawn", WITHDRAWN, Map.of()));
    ledger.sequence();
    ledger.asSuperuser(
        "UPDATE tuning_statement SET confirmed_by = 'ben', confirmed_at = now() WHERE id = '%s'"
            .formatted(CONFIRMED),
        """
        UPDATE tuning_statement SET ended_as = 'REJECTED', ended_by = 'ben', ended_at = now(),
          end_reason = 'It is the base model' WHERE id = '%s'
        """
            .formatted(REJECTED),
        """
        UPDATE tuning_statement SET ended_as = 'WITHDRAWN', ended_by = 'ada', ended_at = now() WHERE id = '%s'
        """
            .formatted(WITHDRAWN));
  }

  @Test
  void statements_that_follow_from_the_log_are_not_named() {
    assertThat(findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          1 | stated_by = 'eve'                        | stated_by
          1 | model = 'p/other'                        | model
          1 | confirmed_by = 'eve', confirmed_at = now() | state
          1 | ended_as = 'REJECTED', ended_by = 'eve'  | state
          2 | confirmed_by = 'eve'                     | decided_by
          2 | confirmed_by = NULL, confirmed_at = NULL | decided_by, state
          2 | ended_as = 'WITHDRAWN', ended_by = 'ben' | state
          3 | end_reason = 'Another'                   | end_reason
          3 | ended_as = NULL, ended_by = NULL         | decided_by, state
          4 | ended_as = 'REJECTED'                    | state
          """)
  void a_changed_statement_is_named(int statement, String change, String columns) {
    UUID changed = new UUID(0, statement);
    ledger.asSuperuser("UPDATE tuning_statement SET %s WHERE id = '%s'".formatted(change, changed));

    assertThat(findings())
        .singleElement()
        .asString()
        .contains("something else of " + columns + " (", "key " + changed);
  }

  @Test
  void a_statement_that_was_made_up_is_named() {
    ledger.asSuperuser(
        """
        INSERT INTO tuning_statement (workspace_id, id, model, reason, stated_by, stated_at)
        VALUES ('%s', '%s', 'p/m', 'made up', 'eve', now())
        """
            .formatted(WORKSPACE, new UUID(0, 5)));

    assertThat(findings()).singleElement().asString().contains("was made up");
  }

  @Test
  void a_statement_that_was_removed_is_named() {
    ledger.asSuperuser("DELETE FROM tuning_statement WHERE id = '%s'".formatted(OPEN));

    assertThat(findings()).isNotEmpty().allMatch(each -> each.contains("is missing"));
  }

  private List<String> findings() {
    return new ComparedTable("model-registry", "tuning_statement").findings(SERVICE, ledger);
  }

  private static LedgerMessage event(String name, UUID statement, Map<String, String> more) {
    Map<String, String> event = new TreeMap<>(more);
    event.put("statementId", statement.toString());
    event.put("model", "p/" + statement);
    event.put("statedBy", "ada");
    return LedgerFixture.message(
        name + statement,
        "io.plumbline.model.tuning-" + name + ".v1",
        "tuning-statement/" + statement,
        JsonMapper.shared().writeValueAsString(event));
  }
}
