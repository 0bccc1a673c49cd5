package io.plumbline.demo.step;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What several steps do with datasets: wait until a version or its split is ready. */
public final class Datasets {

  private static final Duration INGEST = Duration.ofMinutes(2);
  private static final List<String> ENDED = List.of("READY", "FAILED");

  private Datasets() {}

  public static JsonNode ready(DemoContext demo, String dataset, int version) {
    JsonNode ready =
        demo.ada.await(
            "the ingest",
            INGEST,
            "/api/datasets/" + dataset + "/versions/" + version,
            each -> ENDED.contains(each.at("/state").asString()));
    demo.check(
        ready.at("/state").asString().equals("READY"),
        dataset + " version " + version + " is ready");
    return ready;
  }

  /** The digest of the split of a version. */
  public static String split(DemoContext demo, String dataset, int version) {
    JsonNode split =
        demo.ada
            .await(
                "the split",
                INGEST,
                "/api/datasets/" + dataset + "/versions/" + version + "/splits",
                list -> ENDED.contains(list.at("/items/0/state").asString("")))
            .at("/items/0");
    demo.check(
        split.at("/state").asString().equals("READY"),
        "the split of " + dataset + " is ready: " + split.at("/subsets"));
    demo.check(
        split.at("/leakage").asLong(-1) == 0, "no row of one subset is in another, nor nearly");
    return split.at("/splitDigest").asString();
  }

  public static String figures(JsonNode version) {
    JsonNode report = version.at("/report");
    return version.at("/rows").asString()
        + " rows, "
        + report.at("/duplicates/exact").asString("?")
        + " exact and "
        + report.at("/duplicates/near").asString("?")
        + " near duplicates, "
        + report.at("/privacy/personal").asString("?")
        + " personal data and "
        + report.at("/privacy/secrets").asString("?")
        + " secrets";
  }
}
