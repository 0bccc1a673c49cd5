package io.plumbline.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.fault.TinyDisk;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A full disk is an error of the server, and never a success whose content was not kept. */
@PlumblineTest
class DiskFullTests {

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  @Test
  void what_was_acknowledged_before_the_disk_was_full_is_kept_and_nothing_else_is()
      throws SQLException {
    try (TinyDisk disk = TinyDisk.ofKilobytes(512)) {
      move("note", disk);
      Map<String, Answer> answers = new LinkedHashMap<>();
      try {
        for (int i = 0; i < 400; i++) {
          String name = "full-" + i + "-" + incompressible(i);
          answers.put(name, post(name, "key-" + i));
        }
      } finally {
        moveBack("note");
      }
      Set<String> acknowledged = new TreeSet<>();
      answers.forEach((name, answer) -> {
        assertThat(answer.status()).isIn(201, 500, 503);
        if (answer.status() == 201) {
          acknowledged.add(name);
        }
      });

      System.out.printf(
          "disk full: %d of %d writes acknowledged%n", acknowledged.size(), answers.size());
      assertThat(acknowledged.size()).isBetween(1, answers.size() - 1);
      assertThat(notes("full-%").equals(acknowledged)).isTrue();
    }
  }

  /** A deferred trigger makes the commit itself fail, with the error of a full disk. */
  @Test
  void a_commit_that_fails_is_no_success_and_its_key_can_be_sent_again() throws SQLException {
    execute(
        """
        CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full';
        END $$
        """,
        "CREATE CONSTRAINT TRIGGER fill AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED FOR"
            + " EACH ROW WHEN (NEW.name = 'at-commit') EXECUTE FUNCTION fill()");
    Answer refused;
    try {
      refused = post("at-commit", "commit-key");
    } finally {
      execute("DROP TRIGGER fill ON note", "DROP FUNCTION fill()");
    }

    assertThat(refused.status()).isGreaterThanOrEqualTo(500);
    assertThat(refused.body()).doesNotContain("No space left");
    assertThat(notes("at-commit")).isEmpty();
    assertThat(post("at-commit", "commit-key").status()).isEqualTo(201);
    events.awaitPublished(
        PromptVersionPublished.class, event -> event.prompt().equals("at-commit"));
    assertThat(
            events.published(PromptVersionPublished.class).stream()
                .filter(event -> event.prompt().equals("at-commit")))
        .hasSize(1);
  }

  private static String incompressible(int seed) {
    byte[] bytes = new byte[1_000];
    new Random(seed).nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private Answer post(String name, String key) {
    return client
        .as("ada", Role.PROMPT_ENGINEER)
        .header("Idempotency-Key", key)
        .post("/api/notes", Map.of("name", name));
  }

  private static void move(String table, TinyDisk disk) throws SQLException {
    execute(
        "CREATE TABLESPACE tiny LOCATION '" + disk.directory() + "'",
        "ALTER TABLE " + table + " SET TABLESPACE tiny");
  }

  private static void moveBack(String table) throws SQLException {
    execute("ALTER TABLE " + table + " SET TABLESPACE pg_default", "DROP TABLESPACE tiny");
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("prompt-registry");
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  private static Set<String> notes(String pattern) throws SQLException {
    Set<String> names = new TreeSet<>();
    try (Connection connection = EmbeddedServers.connectAsSuperuser("prompt-registry");
        Statement sql = connection.createStatement();
        ResultSet found =
            sql.executeQuery("SELECT name FROM note WHERE name LIKE '" + pattern + "'")) {
      while (found.next()) {
        names.add(found.getString(1));
      }
    }
    return names;
  }
}
