package io.plumbline.compliance.identity;

import io.plumbline.contracts.state.IdentityRecording;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API that says whether the ledger has what administrators change. */
@RestController
@RequestMapping("/api/identity-recording")
class IdentityRecordingController {

  /**
   * The answer to whether changes at the identity provider become entries of the ledger.
   *
   * @param state absent before they were read for the first time
   * @param reason why they are not recorded, or what the entries lack
   * @param changedAt since when this is so
   * @param readAt when the changes were last read to their end
   */
  record IdentityRecordingView(
      @Nullable IdentityRecording state,
      @Nullable String reason,
      @Nullable Instant changedAt,
      @Nullable Instant readAt) {}

  private final IdentityReading reading;

  IdentityRecordingController(IdentityReading reading) {
    this.reading = reading;
  }

  @Operation(
      summary =
          "Read whether changes of accounts, roles, clients and settings at the identity provider"
              + " become entries of the ledger")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public IdentityRecordingView getIdentityRecording() {
    IdentityReading.Status status = reading.status();
    return new IdentityRecordingView(
        status.state(), status.reason(), status.changedAt(), status.readAt());
  }
}
