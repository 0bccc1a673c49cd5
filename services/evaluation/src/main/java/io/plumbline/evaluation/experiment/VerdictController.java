package io.plumbline.evaluation.experiment;

import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/verdicts")
class VerdictController {

  private final VerdictService desk;
  private final Verdicts verdicts;

  VerdictController(VerdictService desk, Verdicts verdicts) {
    this.desk = desk;
    this.verdicts = verdicts;
  }

  @PostMapping
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @Operation(summary = "Judges a finished run by the criteria that were in force when it began")
  public ResponseEntity<Verdict> issue(@Valid @RequestBody RequestVerdict command) {
    Verdict verdict = desk.issue(command);
    return ResponseEntity.created(URI.create("/api/verdicts/" + verdict.verdictId())).body(verdict);
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "Lists verdicts, the newest first")
  public Page<Verdict> list(@RequestParam @Nullable String application, PageRequest page) {
    return verdicts.list(application, page);
  }

  @GetMapping("/{id}")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(summary = "Shows a verdict")
  public Verdict find(@PathVariable UUID id) {
    return desk.find(id);
  }

  @GetMapping("/{id}/replay")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(
      summary = "Computes a verdict again from its items and seed, and says whether it is equal")
  public VerdictService.ReplayedVerdict replay(@PathVariable UUID id) {
    return desk.replay(id);
  }
}
