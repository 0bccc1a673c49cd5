package io.plumbline.promptregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.table.TableRights;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The permissions of the service on each table, as the database states them, and those that nobody
 * has. A new table fails here until it is decided whether its rows are evidence.
 */
@Tag("servers")
class EvidenceGrantsTests {

  private static final String SERVICE = "prompt-registry";

  private static final List<String> EVIDENCE =
      List.of(
          // A version is written once.
          "prompt_version: INSERT",
          "prompt_inclusion: INSERT",
          // Who is an author stays one, and so do the words that it is known by.
          "prompt_author: INSERT",
          "prompt_words: INSERT",
          // A move changes once, from requested to decided.
          "label_move: INSERT, UPDATE (approval_id, decided_at, decided_by, reason, state)",
          // These columns say where the label points.
          "label: INSERT, UPDATE (digest, moved_at, moved_by, version)",
          // People edit the description; counters and the columns of the search change, too.
          "prompt: INSERT, UPDATE (description, label_moves, latest_text, latest_version,"
              + " search_vector, tag_text, tags, version)");

  private final UUID workspace = UUID.randomUUID();

  @Test
  void every_table_is_decided() {
    assertThat(TableRights.of(SERVICE))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(EVIDENCE.stream(), TableRights.PLATFORM.stream()).toList());
  }

  @BeforeEach
  void a_labelled_prompt_with_a_requested_move_and_a_rejected_one() {
    UUID prompt = UUID.randomUUID();
    EmbeddedServers.executeAsSuperuser(
        SERVICE,
        """
        INSERT INTO prompt (workspace_id, id, name, description, tags, owner, created_at, latest_version,
          label_moves, tag_text, latest_text, version)
        VALUES ('%s', '%s', 'triage', '', '{}', 'ada', now(), 1, 1, '', '', 0)
        """
            .formatted(workspace, prompt),
        """
        INSERT INTO prompt_version VALUES ('%s', '%s', 1, 'digest', NULL, NULL, 'ada', 'because', '{}', now())
        """
            .formatted(workspace, prompt),
        "INSERT INTO prompt_inclusion VALUES ('%1$s', '%2$s', 1, 'rules', '%2$s', 1, 'digest', NULL)"
            .formatted(workspace, prompt),
        "INSERT INTO prompt_author VALUES ('%s', 'digest', 'ada')".formatted(workspace),
        "INSERT INTO prompt_words VALUES ('%s', '%s', 1, '{ada}', '')".formatted(workspace, prompt),
        "INSERT INTO label VALUES ('%s', '%s', 'production', 1, 'digest', now(), 'ada')"
            .formatted(workspace, prompt),
        """
        INSERT INTO label_move (workspace_id, id, prompt_id, label, to_version, digest, state, author,
          requester, requested_at)
        SELECT '%s', gen_random_uuid(), '%s', 'production', 1, 'digest', state, 'ada', 'ada', now()
        FROM (VALUES ('REQUESTED'), ('REJECTED')) AS made (state)
        """
            .formatted(workspace, prompt));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE prompt_version SET content = '{}'",
        "DELETE FROM prompt_version",
        "TRUNCATE prompt_version CASCADE",
        "UPDATE prompt_inclusion SET digest = 'another'",
        "DELETE FROM prompt_inclusion",
        "TRUNCATE prompt_inclusion",
        "UPDATE prompt_author SET author = 'ben'",
        "DELETE FROM prompt_author",
        "TRUNCATE prompt_author",
        "UPDATE prompt_words SET authors = '{ben}'",
        "DELETE FROM prompt_words",
        "TRUNCATE prompt_words",
        "UPDATE label_move SET digest = 'another'",
        "UPDATE label_move SET requester = 'ben'",
        "DELETE FROM label_move",
        "TRUNCATE label_move",
        "UPDATE label SET name = 'staging'",
        "DELETE FROM label",
        "TRUNCATE label",
        "UPDATE prompt SET name = 'another'",
        "UPDATE prompt SET owner = 'ben'",
        "DELETE FROM prompt",
        "TRUNCATE prompt CASCADE"
      })
  void nobody_changes_or_removes_evidence(String change) {
    assertThatThrownBy(() -> EmbeddedServers.executeAsSuperuser(SERVICE, change))
        .hasMessageContaining("is append-only");
  }

  @Test
  void a_decided_move_is_final_for_everybody() {
    assertThatThrownBy(() -> change("UPDATE label_move SET state = 'MOVED'", "REJECTED"))
        .hasMessageContaining("a row of label_move that is REJECTED is final");
  }

  @Test
  void a_move_is_decided_once() {
    change("UPDATE label_move SET state = 'MOVED', decided_by = 'ben'", "REQUESTED");

    assertThatThrownBy(() -> change("UPDATE label_move SET decided_by = 'eve'", "MOVED"))
        .hasMessageContaining("a row of label_move that is MOVED is final");
  }

  private void change(String update, String state) {
    EmbeddedServers.executeAsSuperuser(
        SERVICE,
        "%s WHERE workspace_id = '%s' AND state = '%s'".formatted(update, workspace, state));
  }
}
