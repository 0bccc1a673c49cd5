package io.plumbline.demo.api;

import java.net.http.HttpHeaders;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer of the API. */
public record ApiResponse(String request, int status, String body, HttpHeaders headers) {

  public JsonNode json() {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      throw new StepFailed(this + " is not JSON");
    }
  }

  public String text(String pointer) {
    JsonNode value = json().at(pointer);
    if (value.isMissingNode() || value.isNull()) {
      throw new StepFailed(this + " has no " + pointer);
    }
    return value.asString();
  }

  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** Returns this answer when it has one of these statuses. */
  public ApiResponse expect(int... expected) {
    if (IntStream.of(expected).noneMatch(each -> each == status)) {
      String statuses =
          IntStream.of(expected).mapToObj(String::valueOf).collect(Collectors.joining(" or "));
      throw new StepFailed("expected " + statuses + " but " + this);
    }
    return this;
  }

  /** Returns the slug of an RFC 9457 problem. */
  public String problem() {
    return json().at("/type").asString("").replaceFirst("^/problems/", "");
  }

  @Override
  public String toString() {
    return request
        + " answered "
        + status
        + ": "
        + (body.length() > 900 ? body.substring(0, 900) + "…" : body);
  }
}
