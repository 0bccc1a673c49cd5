package io.plumbline.modelregistry.tuning;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/tuning-statements")
class TuningStatementController {

  private static final String MODEL = "must be provider/model, at most 300 characters";

  /**
   * A statement that a provider's model was tuned.
   *
   * @param model the name under which calls and variants address the model: provider/model
   * @param reason the base model and the data that it was tuned on
   */
  record CreateTuningStatement(
      @NotNull(message = MODEL)
          @Pattern(regexp = "[^/\\s]+/\\S+", message = MODEL)
          @Size(max = 300, message = MODEL)
          String model,
      @NotNull(message = "must have 10 to 2000 characters")
          @Size(min = 10, max = 2_000, message = "must have 10 to 2000 characters")
          String reason) {}

  private final TuningStatements statements;

  TuningStatementController(TuningStatements statements) {
    this.statements = statements;
  }

  @Operation(
      summary = "State that a provider's model was tuned; it has no effect until it is confirmed")
  @PostMapping
  @Idempotent
  @ResponseStatus(HttpStatus.CREATED)
  @PreAuthorize("hasAnyRole('ML_ENGINEER', 'PROMPT_ENGINEER')")
  public ResponseEntity<TuningStatement> createTuningStatement(
      @Valid @RequestBody CreateTuningStatement request) {
    TuningStatement statement = statements.create(request.model(), request.reason());
    return ResponseEntity.created(URI.create("/api/tuning-statements/" + statement.statementId()))
        .body(statement);
  }

  @Operation(summary = "List the statements that providers' models were tuned, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<TuningStatement> listTuningStatements(PageRequest page) {
    return statements.list(page);
  }

  @Operation(summary = "Get a statement that a provider's model was tuned")
  @GetMapping("/{statementId}")
  @PreAuthorize("hasRole('VIEWER')")
  public TuningStatement getTuningStatement(@PathVariable UUID statementId) {
    return statements.find(statementId).orElseThrow(Problem::notFound);
  }

  @Operation(
      summary =
          "Confirm another person's statement; from then on variants with the model count as"
              + " fine-tuning")
  @PostMapping("/{statementId}/confirm")
  @Idempotent
  @ResponseStatus(HttpStatus.OK)
  @PreAuthorize("hasAnyRole('ML_ENGINEER', 'PROMPT_ENGINEER', 'APPROVER')")
  public ResponseEntity<TuningStatement> confirmTuningStatement(@PathVariable UUID statementId) {
    return ResponseEntity.ok(statements.confirm(statementId));
  }
}
