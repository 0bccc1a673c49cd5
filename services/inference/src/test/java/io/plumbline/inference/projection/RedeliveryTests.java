package io.plumbline.inference.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.Event;
import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.StrategyEvent.CriteriaRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestEventClient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Tests redelivery: Kafka keeps only the order of a key, and may deliver everything again. A
 * workspace that received every event once and in order must have the same projections as one that
 * did not.
 */
class RedeliveryTests extends InferenceTest {

  private static final long SEED = 20_261_126;
  private static final int OBJECTS = 3;
  private static final int VERSIONS = 3;

  /** An event to publish; a workspace receives each under one id, however often. */
  private record Publication(Event event, String key, long version, UUID seed) {}

  @Autowired TestEventClient events;

  private final Random random = new Random(SEED);
  private final UUID inOrder = UUID.randomUUID();
  private final UUID shuffled = UUID.randomUUID();

  @Test
  void events_delivered_thrice_and_shuffled_across_keys_leave_the_same_state() throws Exception {
    Map<String, List<Publication>> byKey = publications();

    byKey.values().forEach(key -> key.forEach(each -> publish(each, inOrder)));
    delivered(byKey).forEach(each -> publish(each, shuffled));
    awaitConsumed();
    Map<String, List<String>> expected = state(inOrder);

    assertThat(expected.values()).doesNotContain(List.of());
    assertThat(state(shuffled)).as("seed %d", SEED).isEqualTo(expected);

    // The inbox is emptied, because a writer to the topic may replay events that it has forgotten.
    forget();
    delivered(byKey).forEach(each -> publish(each, shuffled));
    awaitConsumed();
    assertThat(state(shuffled)).as("without the inbox, seed %d", SEED).isEqualTo(expected);
  }

  private static Map<String, List<Publication>> publications() {
    Map<String, List<Publication>> byKey = new LinkedHashMap<>();
    for (int object = 0; object < OBJECTS; object++) {
      Digest split = Digest.ofText("split " + object);
      Digest dataset = Digest.ofText("dataset " + object);
      String application = "mail-" + object;
      for (int version = 1; version <= VERSIONS; version++) {
        Digest content = Digest.ofText(object + " " + version);
        add(byKey, registered(application, version), application, 2L * version - 1);
        add(
            byKey,
            new CriteriaRegistered(
                application, version, content, content, 5, 3, List.of(), null, null),
            application,
            2L * version);
        add(
            byKey,
            new PromptVersionPublished("p-" + object, version, content, null, "ada", ""),
            "p-" + object,
            version);
        add(
            byKey,
            new AdmissionDecided(
                "mails",
                object + 1,
                dataset,
                version % 2 == 0 ? Outcome.PASS : Outcome.FAIL,
                List.of("INDEX"),
                List.of("decision " + version),
                null),
            "mails/versions/" + object,
            version);
        add(byKey, listed("local/" + object, version), "local/" + object, version);
        add(
            byKey,
            new PolicyActivated("policy-" + object, version, "release", "[]" + version, content),
            "policy-" + object,
            version);
        add(byKey, model("head-" + object, version), "head-" + object, version);
        UUID verdict = new UUID(object, version);
        add(byKey, verdict(verdict, application, content), verdict.toString(), 1);
      }
      add(
          byKey,
          new SplitDefined(
              "mails",
              object + 1,
              dataset,
              split,
              Map.of("train", new Subset(Digest.ofText("rows"), 4)),
              0),
          split.hex(),
          1);
    }
    return byKey;
  }

  private static void add(
      Map<String, List<Publication>> byKey, Event event, String key, long version) {
    byKey
        .computeIfAbsent(key, ignored -> new ArrayList<>())
        .add(new Publication(event, key, version, Ids.next()));
  }

  /** Returns each key's events in order, three times over, interleaved with other keys'. */
  private List<Publication> delivered(Map<String, List<Publication>> byKey) {
    List<Deque<Publication>> waiting = new ArrayList<>();
    for (List<Publication> key : byKey.values()) {
      Deque<Publication> thrice = new ArrayDeque<>();
      for (int delivery = 0; delivery < 3; delivery++) {
        thrice.addAll(key);
      }
      waiting.add(thrice);
    }
    List<Publication> delivered = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Deque<Publication> key = waiting.get(random.nextInt(waiting.size()));
      delivered.add(key.removeFirst());
      if (key.isEmpty()) {
        waiting.remove(key);
      }
    }
    return delivered;
  }

  private void publish(Publication publication, UUID workspace) {
    events.publish(
        new UUID(
            publication.seed().getMostSignificantBits(),
            publication.seed().getLeastSignificantBits() ^ workspace.getLeastSignificantBits()),
        publication.event(),
        publication.key(),
        publication.version(),
        workspace,
        "someone");
  }

  /** Waits until the last event of each topic has been applied. */
  private void awaitConsumed() {
    UUID elsewhere = UUID.randomUUID();
    Digest content = Digest.ofText("last");
    List<UUID> last = new ArrayList<>();
    for (Event event :
        List.of(
            registered("last", 1),
            new PromptVersionPublished("last", 1, content, null, "ada", ""),
            new AdmissionDecided("last", 1, content, Outcome.PASS, List.of(), List.of(), null),
            listed("last", 1),
            new PolicyActivated("last", 1, "release", "[]", content),
            verdict(UUID.randomUUID(), "last", content))) {
      last.add(events.publish(event, "last", 1, elsewhere, "someone"));
    }
    await().until(() -> consumed(last) == last.size());
  }

  private static long consumed(List<UUID> ids) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        PreparedStatement sql =
            connection.prepareStatement("SELECT count(*) FROM inbox WHERE event_id = ANY (?)")) {
      sql.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      try (ResultSet row = sql.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void forget() throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        PreparedStatement sql = connection.prepareStatement("DELETE FROM inbox")) {
      sql.executeUpdate();
    }
  }

  /** Returns the rows of a workspace by table, without its id. */
  private static Map<String, List<String>> state(UUID workspace) throws SQLException {
    Map<String, List<String>> state = new TreeMap<>();
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference")) {
      for (String table : tables(connection)) {
        try (PreparedStatement sql =
            connection.prepareStatement(
                "SELECT (to_jsonb(t) - 'workspace_id')::text FROM "
                    + table
                    + " t WHERE workspace_id = ?")) {
          sql.setObject(1, workspace);
          state.put(table, texts(sql));
        }
      }
    }
    return state;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    try (PreparedStatement sql =
        connection.prepareStatement(
            "SELECT tablename FROM pg_tables WHERE tablename LIKE '%\\_projection'")) {
      return texts(sql);
    }
  }

  private static List<String> texts(PreparedStatement sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = sql.executeQuery()) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    Collections.sort(texts);
    return texts;
  }

  private static ApplicationRegistered registered(String application, int version) {
    return new ApplicationRegistered(
        new UUID(0, 1),
        application,
        "ada",
        "sort",
        version % 2 == 0 ? Criticality.LOW : Criticality.HIGH,
        TaskType.CLASSIFICATION,
        version);
  }

  private static BaseModelListed listed(String model, int version) {
    return new BaseModelListed(
        model,
        Digest.ofText(model),
        "local",
        512,
        Money.usd(Integer.toString(version)),
        null,
        Money.usd("3"),
        "Apache-2.0",
        null,
        true);
  }

  private static ModelVersionRegistered model(String model, int version) {
    return new ModelVersionRegistered(
        model,
        version,
        Digest.ofText(model + version),
        Digest.ofText("artifact"),
        "local/0",
        Digest.ofText("base"),
        new UUID(0, version),
        Digest.ofText("dataset"),
        List.of("ham", "spam"),
        "mia",
        List.of("mia"));
  }

  private static VerdictIssued verdict(UUID id, String application, Digest subject) {
    return new VerdictIssued(
        id,
        VerdictKind.RELEASE,
        application,
        1,
        null,
        subject,
        Digest.ofText("criteria"),
        1,
        Digest.ofText("suite"),
        null,
        null,
        Outcome.PASS,
        List.of(),
        null,
        null);
  }
}
