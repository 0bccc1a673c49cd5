package io.plumbline.demo.driver;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.ApiUser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A dataset in the hands of its steward. */
public record DatasetDriver(ApiUser steward, String name) {

  public static final String JSON_LINES = "application/x-ndjson";

  /**
   * Registers the dataset.
   *
   * @param fields the fields of the request besides the name
   */
  public void register(Map<String, ?> fields) {
    steward.post("/api/datasets", RequestBody.merge(Map.of("name", name), fields)).expect(201);
  }

  /** Uploads the next version. */
  public void upload(byte[] content, String contentType) {
    steward.upload("/api/datasets/" + name + "/versions", content, contentType).expect(202);
  }

  /** Waits until a version is ready, and returns it. */
  public JsonNode awaitVersion(int number, Duration atMost) {
    return steward.awaitState(atMost, versionPath(number), "/state", "READY");
  }

  public void split(int version, Map<String, ?> request) {
    steward.post(versionPath(version) + "/splits", request).expect(202);
  }

  /** Waits until the latest split of a version is ready, and returns the split. */
  public JsonNode awaitSplit(int version, Duration atMost) {
    return steward
        .awaitState(atMost, versionPath(version) + "/splits", "/items/0/state", "READY")
        .at("/items/0");
  }

  /** Requests that the policy of the workspace admits a version. */
  public ApiResponse admit(int version, List<String> purposes) {
    return steward.post(versionPath(version) + "/admission", Map.of("purposes", purposes));
  }

  /** Returns the path of a version. */
  public String versionPath(int number) {
    return "/api/datasets/" + name + "/versions/" + number;
  }
}
