package io.plumbline.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The relay loses its connection when Kafka has acknowledged and the rows are about to leave the
 * outbox: PostgreSQL ends the connection from within the delete. The inbox ensures that the second
 * delivery has no second effect, see {@code OutboxDeliveryTests} in the platform.
 */
@PlumblineTest
class RelayKilledTests {

  private static final int KILLS = Integer.getInteger("faults.relay-kills", 3);
  private static final int EVENTS = Integer.getInteger("faults.relay-events", 500);

  @Autowired SampleApplication.Notes notes;
  @Autowired TestEventClient events;

  @Test
  void a_relay_killed_between_acknowledgement_and_delete_sends_again_and_misses_nothing()
      throws SQLException {
    List<String> expected = IntStream.range(0, EVENTS).mapToObj(i -> "killed-" + i).toList();
    execute(
        "CREATE SEQUENCE relay_kill",
        "GRANT USAGE ON SEQUENCE relay_kill TO PUBLIC",
        """
        CREATE FUNCTION kill_relay() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('relay_kill') <= %d THEN
            PERFORM pg_terminate_backend(pg_backend_pid());
          END IF;
          RETURN NULL;
        END $$
        """
            .formatted(KILLS),
        "CREATE TRIGGER kill_relay BEFORE DELETE ON outbox FOR EACH STATEMENT EXECUTE FUNCTION"
            + " kill_relay()");
    try {
      Caller.system(Workspaces.ACME).run(() -> expected.forEach(notes::create));

      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(number("SELECT count(*) FROM outbox")).isZero());
    } finally {
      execute(
          "DROP TRIGGER kill_relay ON outbox",
          "DROP FUNCTION kill_relay()",
          "DROP SEQUENCE relay_kill");
    }

    List<String> received = new ArrayList<>();
    events
        .read(EventTypes.topicOf("prompt-registry"))
        .forEach(message -> received.add(TestEventClient.header(message, "ce_subject")));
    received.removeIf(subject -> !subject.startsWith("killed-"));
    System.out.printf(
        "%d kills between acknowledgement and delete: %d events, %d deliveries%n",
        KILLS, EVENTS, received.size());
    assertThat(received).hasSizeGreaterThan(EVENTS);
    assertThat(new LinkedHashSet<>(received)).containsExactlyElementsOf(expected);
  }

  private static long number(String query) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("prompt-registry");
        Statement sql = connection.createStatement();
        ResultSet found = sql.executeQuery(query)) {
      found.next();
      return found.getLong(1);
    }
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("prompt-registry");
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }
}
