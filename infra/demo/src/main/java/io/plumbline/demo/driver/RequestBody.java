package io.plumbline.demo.driver;

import java.util.HashMap;
import java.util.Map;

/** The bodies of requests. */
final class RequestBody {

  private RequestBody() {}

  /** Returns a body with these fields and more, which the caller may add. */
  static Map<String, Object> merge(Map<String, ?> fields, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(fields);
    body.putAll(more);
    return body;
  }
}
