package io.plumbline.demo.step;

import io.plumbline.demo.api.StepFailed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Requests about datasets that several steps make. They wait until a version or its split is ready.
 */
public final class Datasets {

  private static final Duration INGEST = Duration.ofMinutes(10);
  private static final List<String> ENDED = List.of("READY", "FAILED");

  private Datasets() {}

  /**
   * Uploads the first version of a dataset, unless it was uploaded, and waits until it is ready.
   *
   * @param registration of the dataset, with its name
   */
  public static JsonNode uploadUnlessDone(
      DemoContext demo, Map<String, Object> registration, byte[] content, String contentType) {
    String name = String.valueOf(registration.get("name"));
    if (!demo.exists("/api/datasets/" + name)) {
      demo.create("/api/datasets", registration).expect(201);
    }
    if (!demo.exists(versionPath(name, 1))) {
      demo.ada.upload("/api/datasets/" + name + "/versions", content, contentType).expect(202);
      demo.changed();
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
    if (!demo.exists(versionPath(dataset, 2))) {
      demo.create("/api/datasets/" + dataset + "/versions/1/mask", Map.of("numbered", false))
          .expect(202);
    }
    return awaitReady(demo, dataset, 2);
  }

  /**
   * Requests that the policy of the workspace decides about a version, unless it admitted it
   * before.
   */
  public static void admit(DemoContext demo, String dataset, int version, List<String> purposes) {
    String path = versionPath(dataset, version);
    JsonNode admitted = demo.ada.get(path).expect(200).json().at("/admission");
    String outcome = admitted.at("/outcome").asString("");
    if (!outcome.equals("PASS")) {
      outcome =
          demo.create(path + "/admission", Map.of("purposes", purposes))
              .expect(200)
              .text("/outcome");
      demo.changed();
    }
    demo.check(
        outcome.equals("PASS"),
        "the workspace's policy admits %s for %s".formatted(dataset, String.join(", ", purposes)));
  }

  private static String versionPath(String dataset, int version) {
    return "/api/datasets/" + dataset + "/versions/" + version;
  }

  /** Waits until a version is ingested, and checks that it is ready. */
  private static JsonNode awaitReady(DemoContext demo, String dataset, int version) {
    JsonNode ready =
        demo.ada.await(
            "the ingest of " + dataset + " version " + version,
            INGEST,
            versionPath(dataset, version),
            each -> ENDED.contains(each.at("/state").asString()));
    demo.check(
        ready.at("/state").asString().equals("READY"),
        dataset + " version " + version + " is ready");
    return ready;
  }

  /**
   * Splits a version, unless that was done.
   *
   * @return the digest of the split
   */
  public static String split(
      DemoContext demo, String dataset, int version, Map<String, Object> request) {
    if (demo.ada.items(versionPath(dataset, version) + "/splits").isEmpty()) {
      return splitAgain(demo, dataset, version, request);
    }
    return split(demo, dataset, version);
  }

  /** Splits a version that may have other splits, and returns the digest of the new one. */
  public static String splitAgain(
      DemoContext demo, String dataset, int version, Map<String, Object> request) {
    demo.create(versionPath(dataset, version) + "/splits", request).expect(202);
    return split(demo, dataset, version);
  }

  /** Waits until the latest split of a version is ready, and returns its digest. */
  public static String split(DemoContext demo, String dataset, int version) {
    JsonNode split =
        demo.ada
            .await(
                "the split of " + dataset + " version " + version,
                INGEST,
                versionPath(dataset, version) + "/splits",
                list -> ENDED.contains(list.at("/items/0/state").asString("")))
            .at("/items/0");
    demo.check(
        split.at("/state").asString().equals("READY"),
        "the split of " + dataset + " is ready: " + split.at("/subsets"));
    demo.check(
        split.at("/leakage").asLong(-1) == 0,
        "no row, nor a near-duplicate of one, is in two subsets");
    return split.at("/splitDigest").asString();
  }

  /** Returns the rows, duplicates and findings of a version, in one line. */
  public static String figuresText(JsonNode version) {
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
