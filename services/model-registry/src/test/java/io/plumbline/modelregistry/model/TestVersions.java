package io.plumbline.modelregistry.model;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Versions for tests, each with an artifact of its own. */
final class TestVersions {

  static final Instant REGISTERED = Instant.parse("2026-11-25T02:00:00Z");

  private TestVersions() {}

  static ModelVersion version(String model, int number) {
    return new ModelVersion(
        model,
        number,
        "",
        "ada",
        List.of("ada", "dan"),
        "ben",
        REGISTERED,
        lineage(model, number, "personal", "spam"));
  }

  static Digest artifact(String model, int number) {
    return Digest.ofText(model + " artifact " + number);
  }

  static Lineage lineage(String model, int number, String... labels) {
    return new Lineage(
        new UUID(2, number),
        "mail-triage",
        "local/choice-minilm",
        Digest.ofText("base"),
        "Apache-2.0",
        "HEAD",
        Digest.ofText("dataset"),
        Digest.ofText("split"),
        artifact(model, number),
        Digest.ofText("checkpoint"),
        "all-minilm-l6-v2",
        Digest.ofText("encoder"),
        128,
        Map.of("epochs", "20"),
        Map.of("macro_f1", 0.91),
        List.of(labels),
        Money.usd("0.001"),
        12.5);
  }
}
