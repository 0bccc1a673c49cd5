package io.plumbline.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("servers")
class NewestFirstReaderTests {

  private record Note(UUID id, String kind) {}

  private final PlatformDatabase database = new PlatformDatabase();
  private final NewestFirstReader<Note> notes =
      new NewestFirstReader<>(
          database.sql(),
          "note",
          (row, number) -> new Note(row.getObject("id", UUID.class), row.getString("kind")),
          Note::id);

  @BeforeEach
  void create() {
    database.sql().sql("CREATE TABLE note (id uuid PRIMARY KEY, kind text NOT NULL)").update();
    for (int i = 1; i <= 5; i++) {
      database
          .sql()
          .sql("INSERT INTO note VALUES (?, ?)")
          .params(new UUID(0, i), i == 4 ? "other" : "one")
          .update();
    }
  }

  @AfterEach
  void drop() {
    database.sql().sql("DROP TABLE note").update();
  }

  @Test
  void pages_go_from_the_newest_to_the_oldest_of_those_that_meet_the_condition() {
    Page<Note> first = notes.page(new PageRequest(2, null), "kind = ?", "one");
    Page<Note> second =
        notes.page(
            new PageRequest(2, List.of(new UUID(0, 3).toString())), "kind = ? OR false", "one");

    assertThat(first.items()).extracting(Note::id).containsExactly(new UUID(0, 5), new UUID(0, 3));
    assertThat(first.nextPageToken()).isNotNull();
    assertThat(first.total()).isEqualTo(new Page.Total(4, true));
    assertThat(second.items()).extracting(Note::id).containsExactly(new UUID(0, 2), new UUID(0, 1));
    assertThat(second.nextPageToken()).isNull();
  }

  @Test
  void the_first_is_the_newest_that_meets_the_condition() {
    assertThat(notes.first("kind = ?", "other")).contains(new Note(new UUID(0, 4), "other"));
    assertThat(notes.first("kind = ?", "none")).isEmpty();
  }

  @Test
  void a_table_may_call_its_key_otherwise() {
    NewestFirstReader<UUID> named =
        new NewestFirstReader<>(
            database.sql(),
            "(SELECT id AS note_id FROM note) named",
            "note_id",
            (row, number) -> row.getObject("note_id", UUID.class),
            id -> id);

    Page<UUID> first = named.page(new PageRequest(2, null), "true");

    assertThat(first.items()).containsExactly(new UUID(0, 5), new UUID(0, 4));
    assertThat(first.nextPageToken())
        .isEqualTo(PageToken.encode(List.of(new UUID(0, 4).toString())));
    assertThat(named.first("true")).contains(new UUID(0, 5));
  }

  @Test
  void a_token_of_another_list_is_refused() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> notes.page(new PageRequest(2, List.of("mail-triage")), "true"))
        .returns(CommonProblem.INVALID, Problem::type);
  }
}
