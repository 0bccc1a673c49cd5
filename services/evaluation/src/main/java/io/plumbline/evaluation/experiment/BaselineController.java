package io.plumbline.evaluation.experiment;

import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/baselines")
class BaselineController {

  /** A request to record a run as the baseline of the phase of its variant. */
  record RecordBaseline(@NotBlank @Size(max = 100) String application, @NotNull UUID runId) {}

  private final BaselineService baselines;

  BaselineController(BaselineService baselines) {
    this.baselines = baselines;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @ApiResponse(responseCode = "200", description = "The existing baseline of this run")
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @Operation(
      summary =
          "Record a finished run as the baseline of its variant's phase, for runs that start after"
              + " it")
  public ResponseEntity<Baseline> recordBaseline(@Valid @RequestBody RecordBaseline command) {
    BaselineService.Recorded recorded = baselines.record(command.application(), command.runId());
    HttpStatus status = recorded.created() ? HttpStatus.CREATED : HttpStatus.OK;
    return ResponseEntity.status(status).body(recorded.baseline());
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "List an application's baselines, the newest first")
  public Page<Baseline> listBaselines(@RequestParam @NotBlank String application) {
    return Page.ofSinglePage(baselines.baselinesOf(application));
  }
}
