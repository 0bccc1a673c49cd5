package io.plumbline.strategy.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.TaskType;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApplicationTests {

  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final Registration REGISTRATION =
      new Registration(
          "mail-triage",
          "Sorts mails",
          "support",
          Criticality.HIGH,
          TaskType.CLASSIFICATION,
          20_000);

  private final Application application =
      new Application(new UUID(0, 1), new UUID(0, 2), REGISTRATION, "ada", NOW);

  @Test
  void it_shows_what_was_registered_by_whom_and_when() {
    assertThat(application.view())
        .isEqualTo(
            new ApplicationView(
                new UUID(0, 1),
                "mail-triage",
                "Sorts mails",
                "support",
                Criticality.HIGH,
                TaskType.CLASSIFICATION,
                20_000,
                "ada",
                NOW));
  }

  @Test
  void a_new_application_has_no_version_yet() {
    assertThat(application.revision()).isZero();
  }

  @Test
  void a_published_event_changes_nothing_that_is_shown() {
    ApplicationView before = application.view();

    application.incrementPublishedEvents();

    assertThat(application.view()).isEqualTo(before);
  }
}
