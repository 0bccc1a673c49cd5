package io.plumbline.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.e2e.ResourceKind;
import java.util.Map;
import java.util.UUID;

/** Makes the objects that changes are made to. */
final class Prepared {

  private Prepared() {}

  static void prompt(PatientClient author, String name) {
    create(author, "/api/prompts", Map.of("name", name));
  }

  static void versions(PatientClient author, String prompt, int count) {
    for (int i = 1; i <= count; i++) {
      create(
          author,
          "/api/prompts/" + prompt + "/versions",
          ResourceKind.PROMPT_VERSION.body(prompt + "-" + i));
    }
  }

  static void dataset(PatientClient author, String name) {
    create(author, "/api/datasets", ResourceKind.DATASET.body(name));
  }

  private static void create(PatientClient author, String path, Map<String, ?> body) {
    PatientClient.Reply reply = author.post(path, UUID.randomUUID().toString(), body);
    assertThat(reply.status()).as(path + ": " + reply).isEqualTo(201);
  }
}
