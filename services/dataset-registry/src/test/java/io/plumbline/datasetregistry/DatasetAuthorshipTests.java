package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests who counts as an author of a dataset version. */
class DatasetAuthorshipTests extends DatasetJourney {

  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-0000000000b7");

  DatasetAuthorshipTests() {
    super("gus", WORKSPACE);
  }

  private TestClient.TestCaller as(String person) {
    return client.as(person, WORKSPACE, Role.DATA_STEWARD);
  }

  private void register(String dataset) {
    assertThat(
            steward
                .post(
                    "/api/datasets",
                    Map.of(
                        "name",
                        dataset,
                        "kind",
                        "CLASSIFICATION",
                        "textColumn",
                        "body",
                        "labelColumn",
                        "label",
                        "labels",
                        List.of("ham", "spam"),
                        "licence",
                        "internal",
                        "legalBasis",
                        "contract"))
                .status())
        .isEqualTo(201);
  }

  private void upload(String person, String dataset, String topic) {
    StringBuilder csv = new StringBuilder("body,label\r\n");
    for (int i = 0; i < 20; i++) {
      csv.append(
          "Message %d about %s number %d,%s\r\n"
              .formatted(i, topic, i * 7919, i % 2 == 0 ? "ham" : "spam"));
    }
    settled(
        as(person)
            .header("Content-Type", "text/csv")
            .post("/api/datasets/" + dataset + "/versions", csv.toString()));
  }

  /** Splits a version, and returns the authors that the event names. */
  private @Nullable List<String> authors(String dataset, int version) {
    JsonNode split =
        settled(
            as("zoe")
                .post(
                    "/api/datasets/%s/versions/%d/splits".formatted(dataset, version),
                    Map.of("seed", 1, "subsets", Map.of("train", 0.5, "test", 0.5))));
    String digest = split.path("splitDigest").asString();
    return events
        .awaitPublished(
            SplitDefined.class,
            event ->
                event.splitDigest().hex().equals(digest)
                    && event.dataset().equals(dataset)
                    && event.version() == version)
        .authors();
  }

  @Test
  void those_who_uploaded_drafted_and_masked_are_authors_and_who_splits_is_none() {
    register("written");
    upload("ann", "written", "parcels");
    assertThat(authors("written", 1)).containsExactly("ann");

    TestClient.Answer added =
        client
            .as("mia", WORKSPACE, Role.ML_ENGINEER)
            .post(
                "/api/datasets/written/draft/items",
                Map.of(
                    "messages",
                    List.of(Map.of("role", "user", "content", "Where is it?")),
                    "expected",
                    Map.of("label", "ham"),
                    "source",
                    Map.of("kind", "PLAYGROUND")));
    assertThat(added.status()).as(added.toString()).isEqualTo(200);
    settled(as("bob").post("/api/datasets/written/draft/version", Map.of("base", 1)));
    assertThat(authors("written", 2)).containsExactly("ann", "bob", "mia");

    settled(
        as("eve")
            .post(
                "/api/datasets/written/versions/2/mask",
                Map.of("kinds", List.of("EMAIL"), "numbered", false)));
    assertThat(authors("written", 3)).containsExactly("ann", "bob", "eve", "mia");
    assertThat(authors("written", 1)).containsExactly("ann");
  }

  @Test
  void rows_that_are_uploaded_again_keep_those_who_uploaded_them_first() {
    register("first");
    register("second");
    upload("ann", "first", "invoices");
    upload("bob", "second", "invoices");

    assertThat(authors("second", 1)).containsExactly("ann", "bob");
  }
}
