package io.plumbline.evaluation.experiment;

import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/verdicts")
class VerdictController {

  private final VerdictService service;

  VerdictController(VerdictService service) {
    this.service = service;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @Operation(
      summary =
          "Issue a verdict on a finished run by the criteria that were in force when it started; a"
              + " phase is that of its variant")
  public ResponseEntity<VerdictView> issueVerdict(@Valid @RequestBody RequestVerdict command) {
    VerdictView issued = service.issue(command);
    URI location = URI.create("/api/verdicts/" + issued.verdict().verdictId());
    return ResponseEntity.created(location).body(issued);
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "List verdicts, the newest first")
  public Page<VerdictView> listVerdicts(
      @RequestParam @Nullable String application, PageRequest page) {
    return service.list(application, page);
  }

  @GetMapping("/{verdictId}")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "Get a verdict")
  public VerdictView getVerdict(@PathVariable UUID verdictId) {
    return service.get(verdictId);
  }

  @GetMapping("/{verdictId}/replay")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(
      summary = "Replay a verdict from its items and seed, and compare it with the issued one")
  public VerdictService.ReplayedVerdict replayVerdict(@PathVariable UUID verdictId) {
    return service.replay(verdictId);
  }
}
