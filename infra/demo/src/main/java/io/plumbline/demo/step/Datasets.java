package io.plumbline.demo.step;

import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.driver.DatasetDriver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Requests about datasets that several steps make. They wait until a version or its split is ready.
 */
public final class Datasets {

  private static final Duration INGEST = Duration.ofMinutes(10);

  private Datasets() {}

  /**
   * Uploads the first version of a dataset, unless it was uploaded, and waits until it is ready.
   *
   * @param registration the fields of the dataset besides its name
   */
  public static JsonNode uploadUnlessDone(
      DemoContext demo,
      String name,
      Map<String, Object> registration,
      byte[] content,
      String contentType) {
    DatasetDriver dataset = demo.dataset(name);
    if (!demo.exists("/api/datasets/" + name)) {
      dataset.register(registration);
    }
    if (!demo.exists(dataset.versionPath(1))) {
      dataset.upload(content, contentType);
    }
    JsonNode ready = awaitReady(demo, name, 1);
    if (ready.at("/sourceBytes").asLong() != content.length) {
      throw new StepFailed(
          ("The dataset %s was uploaded from another file, of %s bytes instead of %d: start from an"
                  + " empty platform (./plumbline down, then delete .plumbline)")
              .formatted(name, ready.at("/sourceBytes"), content.length));
    }
    return ready;
  }

  /** Masks version 1 as version 2, unless that was done, and waits until it is ready. */
  public static JsonNode maskUnlessDone(DemoContext demo, String dataset) {
    if (!demo.exists(demo.dataset(dataset).versionPath(2))) {
      demo.ada
          .post("/api/datasets/" + dataset + "/versions/1/mask", Map.of("numbered", false))
          .expect(202);
    }
    return awaitReady(demo, dataset, 2);
  }

  /**
   * Requests that the policy of the workspace decides about a version, unless it admitted it
   * before.
   */
  public static void admit(DemoContext demo, String dataset, int version, List<String> purposes) {
    DatasetDriver driver = demo.dataset(dataset);
    JsonNode admitted = demo.ada.get(driver.versionPath(version)).expect(200).json();
    String outcome = admitted.at("/admission/outcome").asString("");
    if (!outcome.equals("PASS")) {
      outcome = driver.admit(version, purposes).expect(200).text("/outcome");
      demo.recordChange();
    }
    demo.check(
        outcome.equals("PASS"),
        "the workspace's policy admits %s for %s".formatted(dataset, String.join(", ", purposes)));
  }

  /** Waits until a version is ingested. */
  private static JsonNode awaitReady(DemoContext demo, String dataset, int version) {
    JsonNode ready = demo.dataset(dataset).awaitVersion(version, INGEST);
    demo.check(true, dataset + " version " + version + " is ready");
    return ready;
  }

  /**
   * Splits a version, unless that was done.
   *
   * @return the digest of the split
   */
  public static String split(
      DemoContext demo, String dataset, int version, Map<String, Object> request) {
    if (demo.ada.items(demo.dataset(dataset).versionPath(version) + "/splits").isEmpty()) {
      return splitAgain(demo, dataset, version, request);
    }
    return split(demo, dataset, version);
  }

  /** Splits a version that may have other splits, and returns the digest of the new one. */
  public static String splitAgain(
      DemoContext demo, String dataset, int version, Map<String, Object> request) {
    demo.dataset(dataset).split(version, request);
    return split(demo, dataset, version);
  }

  /** Waits until the latest split of a version is ready, and returns its digest. */
  public static String split(DemoContext demo, String dataset, int version) {
    JsonNode split = demo.dataset(dataset).awaitSplit(version, INGEST);
    demo.check(true, "the split of " + dataset + " is ready: " + split.at("/subsets"));
    demo.check(
        split.at("/leakage").asLong(-1) == 0,
        "no row, nor a near-duplicate of one, is in two subsets");
    return split.at("/splitDigest").asString();
  }

  /** Returns the rows, duplicates and findings of a version, in one line. */
  public static String reportText(JsonNode version) {
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
