package io.plumbline.platform.event;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.TaskType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Events for tests. */
final class Samples {

  static final UUID ACME = new UUID(0, 1);
  static final UUID GLOBEX = new UUID(0, 2);
  static final JsonMapper JSON = JsonMapper.shared();

  private Samples() {}

  static ActionDenied denied(String action) {
    return new ActionDenied(action, "/api/releases/1", 403, "forbidden", List.of("role missing"));
  }

  static byte[] value(String application) {
    return JSON.writeValueAsBytes(
        new ApplicationRegistered(
            new UUID(0, 7),
            application,
            "ada",
            "sorts mails",
            Criticality.LOW,
            TaskType.CLASSIFICATION,
            1_000));
  }

  static EventMetadata registered(UUID id, String subject, UUID workspace) {
    return new EventMetadata(
        id,
        EventTypes.typeOf(ApplicationRegistered.class),
        "strategy",
        subject,
        Instant.parse("2026-11-26T12:00:00Z"),
        workspace,
        "ada",
        1,
        null);
  }
}
