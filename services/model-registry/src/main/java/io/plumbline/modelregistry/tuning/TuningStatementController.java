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
@RequestMapping("/api/tuning-statements")
class TuningStatementController {

  private static final String MODEL = "must be provider/model, at most 300 characters";
  private static final int MAX_REASON = 2_000;
  private static final String REASON = "must have 10 to 2000 characters";

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
      @NotNull(message = REASON) @Size(min = 10, max = MAX_REASON, message = REASON)
          String reason) {}

  /**
   * The rejection of a statement.
   *
   * @param reason why the model does not count as tuned
   */
  record RejectTuningStatement(
      @NotNull(message = REASON) @Size(min = 10, max = MAX_REASON, message = REASON)
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
  public Page<TuningStatement> listTuningStatements(
      @RequestParam(required = false) TuningStatement.@Nullable State state, PageRequest page) {
    return statements.list(state, page);
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

  @Operation(summary = "Reject another person's statement; the model can be stated again")
  @PostMapping("/{statementId}/reject")
  @Idempotent
  @ResponseStatus(HttpStatus.OK)
  @PreAuthorize("hasAnyRole('ML_ENGINEER', 'PROMPT_ENGINEER', 'APPROVER')")
  public ResponseEntity<TuningStatement> rejectTuningStatement(
      @PathVariable UUID statementId, @Valid @RequestBody RejectTuningStatement request) {
    return ResponseEntity.ok(statements.reject(statementId, request.reason()));
  }

  @Operation(summary = "Withdraw a statement of your own that nobody has decided")
  @PostMapping("/{statementId}/withdraw")
  @Idempotent
  @ResponseStatus(HttpStatus.OK)
  @PreAuthorize("hasAnyRole('ML_ENGINEER', 'PROMPT_ENGINEER')")
  public ResponseEntity<TuningStatement> withdrawTuningStatement(@PathVariable UUID statementId) {
    return ResponseEntity.ok(statements.withdraw(statementId));
  }
}
