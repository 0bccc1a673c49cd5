package io.plumbline.demo.step;

import io.plumbline.demo.api.Answer;
import java.util.Map;

/** What several steps do with suites. */
public final class Suites {

  private Suites() {}

  /** Publishes a suite, or gives the one that is the same: it is known by its content. */
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
