package io.plumbline.evaluation.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ConnectionVersioned;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Tests the start of a version whose table is new, after former versions consumed its events. */
@PlumblineTest
class EarlierEventsTests {

  private static final String PROVIDER = "earlier-" + Ids.next();

  @Autowired TestEventClient events;

  @Autowired
  @Qualifier("earlierEvents")
  SmartLifecycle earlierEvents;

  @Test
  void a_new_table_has_the_events_that_were_consumed_before_but_none_that_was_set_aside()
      throws Exception {
    String first = publish("https://first.example").toString();
    String second = publish("https://second.example").toString();
    String third = publish("https://third.example").toString();
    await().until(() -> origins().size() == 3);
    EmbeddedServers.executeAsSuperuser(
        "evaluation",
        "SET session_replication_role = replica",
        "DELETE FROM connection WHERE provider = '" + PROVIDER + "'",
        "DELETE FROM filled_table WHERE \"table\" = 'connection'",
        """
        INSERT INTO dead_letter (workspace_id, source, event_id, type, key, topic, "partition", "offset", headers,
          value, cause, refused)
        VALUES ('%s', 'inference', '%s', 't', 'k', 'plumbline.inference', 0, 0, '{}', '', 'c', false)
        """
            .formatted(Workspaces.ACME, second));

    earlierEvents.start();

    assertThat(origins()).containsExactly("https://first.example", "https://third.example");
    EmbeddedServers.executeAsSuperuser(
        "evaluation",
        "SET session_replication_role = replica",
        "DELETE FROM dead_letter WHERE event_id = '" + second + "'",
        "DELETE FROM connection WHERE provider = '" + PROVIDER + "'");

    earlierEvents.start();

    assertThat(origins()).as("a table is filled once: %s, %s", first, third).isEmpty();
    EmbeddedServers.executeAsSuperuser(
        "evaluation", "DELETE FROM filled_table WHERE \"table\" = 'connection'");

    earlierEvents.start();

    assertThat(origins()).as("what other tests find again when events come twice").hasSize(3);
  }

  private UUID publish(String origin) {
    Digest digest = Digest.ofText(PROVIDER + origin);
    return events.publish(
        new ConnectionVersioned(digest, PROVIDER, "openai", origin, "grace"), digest.hex(), 1);
  }

  private static List<String> origins() throws Exception {
    try (Connection database = EmbeddedServers.connectAsSuperuser("evaluation")) {
      return JdbcClient.create(new SingleConnectionDataSource(database, true))
          .sql("SELECT origin FROM connection WHERE provider = ? ORDER BY origin")
          .param(PROVIDER)
          .query((row, number) -> row.getString("origin"))
          .list();
    }
  }
}
