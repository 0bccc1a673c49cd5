package io.plumbline.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationRulesTests {

  private static final String RELEASES = "0.2.0=20261202000000\n0.3.0=20261203000000\n";

  private static SourceFile migration(String version, String sql) {
    return new SourceFile(
        "services/a/src/main/resources/db/migration/V" + version + "__change.sql", sql);
  }

  private static SourceFile releases(String text) {
    return new SourceFile(UpgradableReleases.FILE, text);
  }

  /** Returns what is wrong with a new migration, from the releases 0.2.0 and 0.3.0 on. */
  private static List<String> check(String sql) {
    return new MigrationRules()
            .check(
                List.of(
                    releases(RELEASES),
                    migration("20261202000000", ""),
                    migration("20261203000000", ""),
                    migration("20270101000000", sql)))
            .violations()
            .stream()
            .map(each -> each.substring(each.indexOf(": ") + 2))
            .toList();
  }

  @Test
  void the_migrations_of_all_services_follow_the_rules() throws IOException {
    List<SourceFile> files = SourceRules.readFiles(Path.of("../.."));

    assertThat(files).extracting(SourceFile::path).contains(UpgradableReleases.FILE);
    assertThat(new MigrationRules().check(files).violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DROP TABLE job | job is dropped",
        "DROP TABLE IF EXISTS public.job | job is dropped",
        "DROP VIEW job_view | job_view is dropped",
        "DO $$ BEGIN DROP TABLE job; END $$ | job is dropped",
        "DROP FUNCTION find_key | find_key is dropped",
        "DROP INDEX CONCURRENTLY job_by_kind | job_by_kind is dropped",
        "ALTER TABLE job RENAME TO task | job is renamed",
        "ALTER TABLE job SET SCHEMA old | job is moved",
        "ALTER VIEW job_view RENAME TO task_view | job_view is renamed",
        "ALTER TABLE job DROP COLUMN kind | job.kind is dropped",
        "ALTER TABLE ONLY job DROP kind | job.kind is dropped",
        "ALTER TABLE job ADD COLUMN a text, DROP COLUMN IF EXISTS kind | job.kind is dropped",
        "ALTER TABLE job RENAME COLUMN kind TO type | job.kind is renamed",
        "ALTER TABLE job RENAME kind TO type | job.kind is renamed",
        "ALTER TABLE job ALTER COLUMN kind TYPE json USING kind::json | job.kind gets another type",
        "ALTER TABLE job ALTER kind SET DATA TYPE json | job.kind gets another type",
        "ALTER TABLE job ALTER COLUMN kind SET NOT NULL | job.kind becomes required",
        "ALTER TABLE job ALTER COLUMN kind DROP DEFAULT | job.kind loses its default",
        "ALTER TABLE job ADD COLUMN a text NOT NULL | job.a is required and has no default",
        "ALTER TABLE job ADD a numeric(18, 9) NOT NULL | job.a is required and has no default",
        "ALTER TABLE job DROP CONSTRAINT job_kind_check | job_kind_check is dropped",
        "ALTER TABLE job RENAME CONSTRAINT job_pkey TO a | job_pkey is renamed",
        "ALTER TABLE job ADD CONSTRAINT short CHECK (length(kind) < 9) | short is a new constraint",
        "ALTER TABLE job ADD UNIQUE (kind) | job gets a constraint",
        "CREATE UNIQUE INDEX one_kind ON job (kind) | one_kind is a new unique index",
        "ALTER TABLE trace DETACH PARTITION trace_1 | trace loses rows",
        "ALTER TABLE job ENABLE ROW LEVEL SECURITY | job hides rows",
        "SELECT isolate('job') | job refuses changes of rows",
        "SELECT append_only_except('job', 'kind') | job refuses changes of rows",
        "REVOKE UPDATE, DELETE ON job FROM ${runtimeRole} | job loses a right",
        "REVOKE EXECUTE ON FUNCTION find_key FROM PUBLIC | find_key loses a right",
      })
  void a_break_is_found(String sql, String violation) {
    assertThat(check(sql + ";"))
        .singleElement()
        .asString()
        .startsWith(violation + ", which processes of the release before may rely on.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE job ADD COLUMN a text, ADD COLUMN b int NOT NULL DEFAULT 0",
        "ALTER TABLE job ADD COLUMN a bigint GENERATED ALWAYS AS (number * 2) STORED NOT NULL",
        "ALTER TABLE job ADD COLUMN a int CHECK (a > 0 OR kind IS NOT NULL)",
        "ALTER TABLE job ALTER COLUMN kind DROP NOT NULL, ALTER COLUMN kind SET DEFAULT 'x'",
        "ALTER TABLE job NO FORCE ROW LEVEL SECURITY; ALTER TABLE job FORCE ROW LEVEL SECURITY",
        "CREATE INDEX job_by_kind ON job (kind)",
        "CREATE TABLE a (b text NOT NULL); CREATE UNIQUE INDEX c ON a (b); SELECT isolate('a');"
            + " REVOKE DELETE ON a FROM ${runtimeRole}; ALTER TABLE a ADD CONSTRAINT d UNIQUE (b)",
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE old; END $$;"
            + " REVOKE EXECUTE ON FUNCTION f FROM PUBLIC",
        "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        "DROP TRIGGER guard ON job; CREATE TRIGGER guard BEFORE UPDATE ON job EXECUTE FUNCTION g()",
        "-- DROP TABLE job\nUPDATE job SET kind = 'a'",
      })
  void an_expansion_is_accepted(String sql) {
    assertThat(check(sql + ";")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2.0", "0.1.0"})
  void a_contraction_of_what_no_upgradable_release_uses_is_accepted(String release) {
    assertThat(
            check(
                "-- Contraction: job.kind, unused since %s\nALTER TABLE job DROP COLUMN kind;"
                    .formatted(release)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.3.0", "0.10.0", "unreleased", "long ago"})
  void a_contraction_of_what_an_upgradable_release_may_use_is_refused(String release) {
    assertThat(
            check(
                "-- Contraction: job.kind, unused since %s\nALTER TABLE job DROP COLUMN kind;"
                    .formatted(release)))
        .singleElement()
        .asString()
        .startsWith("job.kind is contracted too early: it has to be unused since 0.2.0");
  }

  @Test
  void a_replaced_constraint_is_accepted_with_a_reason_and_a_dropped_column_is_not() {
    assertThat(
            check(
                """
                -- Compatible: job_kind_check, the new one allows all former kinds
                ALTER TABLE job DROP CONSTRAINT job_kind_check,
                  ADD CONSTRAINT job_kind_check CHECK (kind IN ('A', 'B', 'C'));
                """))
        .isEmpty();
    assertThat(check("-- Compatible: job.kind, nobody needs it\nALTER TABLE job DROP COLUMN kind;"))
        .singleElement()
        .asString()
        .startsWith("job.kind is dropped");
  }

  @Test
  void a_mark_of_something_else_is_refused() {
    assertThat(check("-- Contraction: job.kid, unused since 0.2.0\nDROP TABLE job;"))
        .extracting(each -> each.substring(0, each.indexOf(',')))
        .containsExactly("job is dropped", "job.kid is marked");
  }

  @Test
  void a_migration_from_before_the_rules_is_not_checked() {
    assertThat(
            new MigrationRules()
                .check(List.of(migration("20261201234000", "DROP TABLE job;")))
                .violations())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.2.0=20261204000000 | no migration is V20261204000000",
        "yesterday=20261202000000 | \"yesterday\" is not a release",
        "unreleased=20261202000000\\n0.2.0=20261203000000 | \"unreleased\" is not a release",
        "0.3.0=20261202000000\\n0.2.0=20261203000000 | a release has older migrations",
      })
  void a_wrong_list_of_releases_is_refused(String list, String violation) {
    assertThat(
            new MigrationRules()
                .check(
                    List.of(
                        releases(list.replace("\\n", "\n")),
                        migration("20261202000000", ""),
                        migration("20261203000000", "")))
                .violations())
        .singleElement()
        .asString()
        .startsWith(UpgradableReleases.FILE + ": " + violation);
  }
}
