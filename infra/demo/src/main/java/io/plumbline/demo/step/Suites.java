package io.plumbline.demo.step;

import io.plumbline.demo.api.Answer;
import java.util.Map;

/** Requests about suites that several steps make. */
public final class Suites {

  private Suites() {}

  /** Publishes a suite, or returns the published one with the same content. */
  public static Answer publish(DemoContext demo, Map<String, Object> suite) {
    // Evaluation may not have received the admission yet.
    Answer published = demo.ada.post("/api/suites", suite, "dataset-unadmitted");
    if (DemoContext.isCreated(published)) {
      demo.changed();
      return published;
    }
    return published.expect(200);
  }
}
