package io.plumbline.e2e;

import java.util.List;
import java.util.Map;

/** A kind of resource that a writer creates, each of another service with its own outbox. */
public enum ResourceKind {
  PROMPT_VERSION("/api/prompts/%s/versions", "message", "prompt.version-published") {
    @Override
    public Map<String, Object> body(String name) {
      return Map.of(
          "message",
          name,
          "messages",
          List.of(
              Map.of(
                  "role",
                  "system",
                  "content",
                  "Label the message of " + name + " as spam or personal.")));
    }
  },
  APPLICATION("/api/applications", "name", "application.registered") {
    @Override
    public Map<String, Object> body(String name) {
      return Map.of(
          "name",
          name,
          "purpose",
          "p",
          "owner",
          "o",
          "criticality",
          "LOW",
          "task",
          "CLASSIFICATION",
          "monthlyVolume",
          1);
    }
  },
  DATASET("/api/datasets", "name", "dataset.registered") {
    @Override
    public Map<String, Object> body(String name) {
      return Map.of(
          "name",
          name,
          "kind",
          "CLASSIFICATION",
          "textColumn",
          "text",
          "labelColumn",
          "label",
          "labels",
          List.of("a", "b"));
    }
  },
  MODEL("/api/models", "name", "model.created") {
    @Override
    public Map<String, Object> body(String name) {
      return Map.of("name", name, "description", "d");
    }
  };

  private final String path;
  private final String field;
  private final String event;

  ResourceKind(String path, String field, String event) {
    this.path = path;
    this.field = field;
    this.event = event;
  }

  public abstract Map<String, Object> body(String name);

  /**
   * Returns the path at which it is written and listed. Versions belong to a prompt that the writer
   * has to itself.
   */
  public String path(String prefix) {
    return path.formatted(prefix);
  }

  /** Returns the field that identifies it in the list. */
  public String field() {
    return field;
  }

  public String event() {
    return event;
  }
}
