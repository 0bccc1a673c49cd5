package io.plumbline.compliance.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.platform.problem.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditFilterTests {

  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-12-01T00:00:00Z");

  @Test
  void an_absent_or_blank_field_does_not_restrict() {
    AuditFilter filter = new AuditFilter(null, "", "", " ", null, null, null);

    assertThat(filter.sqlCondition()).isEqualTo("true");
    assertThat(filter.sqlValues()).isEmpty();
    assertThat(filter.textValues()).isEmpty();
  }

  @Test
  void every_field_restricts_with_its_value() {
    AuditFilter filter =
        new AuditFilter(
            Set.of("bo", "ada"),
            "release.requested",
            "mail-triage",
            "release/1",
            "DENIED",
            FROM,
            TO);

    assertThat(filter.sqlCondition())
        .isEqualTo(
            "true AND a.actor = ANY (?) AND a.type = ? AND EXISTS (SELECT FROM audit_application c"
                + " WHERE c.workspace_id = a.workspace_id AND c.application = ? AND c.idx = a.idx)"
                + " AND a.object = ? AND a.outcome = ?"
                + " AND a.occurred_at >= ? AND a.occurred_at < ?");
    assertThat(filter.sqlValues())
        .containsExactly(
            new String[] {"ada", "bo"},
            "release.requested",
            "mail-triage",
            "release/1",
            "DENIED",
            FROM.atOffset(ZoneOffset.UTC),
            TO.atOffset(ZoneOffset.UTC));
    assertThat(filter.textValues())
        .isEqualTo(
            Map.of(
                "actor",
                "ada,bo",
                "type",
                "release.requested",
                "application",
                "mail-triage",
                "object",
                "release/1",
                "outcome",
                "DENIED",
                "from",
                "2026-11-01T00:00:00Z",
                "to",
                "2026-12-01T00:00:00Z"));
  }

  @Test
  void an_object_that_ends_with_a_star_matches_a_prefix() {
    AuditFilter filter = new AuditFilter(null, null, null, "mail-*", null, null, null);

    assertThat(filter.sqlCondition()).isEqualTo("true AND starts_with(a.object, ?)");
    assertThat(filter.sqlValues()).containsExactly("mail-");
  }

  @Test
  void a_year_that_no_column_holds_is_refused_by_its_parameter() {
    assertThatThrownBy(() -> new AuditFilter(null, null, null, null, null, Instant.MAX, null))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.body().getProperties())
                    .containsEntry(
                        "errors",
                        List.of(
                            new Problem.FieldError("from", "must be in a year from 1 to 9999"))));
  }
}
