package io.plumbline.modelregistry.model;

import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/models/{name}/aliases")
class AliasController {

  private static final String VERSION = "must be the number of a version, from 1";

  /**
   * A move of an alias.
   *
   * @param reason the reason that is recorded with the move
   */
  record MoveAlias(
      @NotNull(message = VERSION) @Min(value = 1, message = VERSION) Integer version,
      @Nullable @Size(max = 500, message = "must have at most 500 characters") String reason) {}

  /**
   * A move of an alias back.
   *
   * @param version a version that the alias pointed at before
   */
  record RollBackAlias(
      @NotNull(message = VERSION) @Min(value = 1, message = VERSION) Integer version,
      @NotBlank(message = "must give the reason")
          @Size(max = 500, message = "must have at most 500 characters")
          String reason) {}

  /**
   * The outcome of a move.
   *
   * @param version the version that the alias points at, or will once the move is approved
   * @param aliasMoveId absent when no approval is needed
   */
  record AliasMoveResult(
      String alias, int version, AliasMove.State state, @Nullable UUID aliasMoveId) {

    static AliasMoveResult from(AliasService.Outcome outcome) {
      return switch (outcome) {
        case AliasService.Outcome.Moved(Alias alias) ->
            new AliasMoveResult(alias.alias(), alias.version(), AliasMove.State.MOVED, null);
        case AliasService.Outcome.AlreadyThere(Alias alias) ->
            new AliasMoveResult(alias.alias(), alias.version(), AliasMove.State.MOVED, null);
        case AliasService.Outcome.Requested(AliasMove move) ->
            new AliasMoveResult(move.alias(), move.to(), move.state(), move.aliasMoveId());
      };
    }
  }

  private final AliasService aliasService;
  private final AliasEvidence evidence;

  AliasController(AliasService aliasService, AliasEvidence evidence) {
    this.aliasService = aliasService;
    this.evidence = evidence;
  }

  @Operation(summary = "List the aliases of a model")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<Alias> listAliases(@PathVariable String name) {
    return Page.ofSinglePage(aliasService.aliasesOf(name));
  }

  @Operation(summary = "List the moves of an alias and the requests for them, newest first")
  @GetMapping("/{alias}/history")
  @PreAuthorize("hasRole('VIEWER')")
  public Page<AliasMove> listAliasMoves(
      @PathVariable String name, @PathVariable String alias, PageRequest request) {
    return aliasService.history(name, alias, request);
  }

  @Operation(
      summary =
          "Move an alias to a version; a protected alias moves once a second person has approved")
  @PutMapping("/{alias}")
  @ResponseStatus(HttpStatus.OK)
  @ApiResponse(responseCode = "202", description = "A second person must approve the move")
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public ResponseEntity<AliasMoveResult> moveAlias(
      @PathVariable String name,
      @PathVariable String alias,
      @Valid @RequestBody MoveAlias request) {
    if (!alias.matches(Alias.NAME)) {
      throw Problem.invalid(
          "alias",
          "must have at most 40 lower-case letters, digits and hyphens and start with a letter");
    }
    evidence.requireComplete(name, alias, request.version());
    AliasService.Outcome outcome =
        aliasService.move(name, alias, request.version(), request.reason());
    HttpStatus status =
        outcome instanceof AliasService.Outcome.Requested ? HttpStatus.ACCEPTED : HttpStatus.OK;
    return ResponseEntity.status(status).body(AliasMoveResult.from(outcome));
  }

  @Operation(
      summary =
          "Roll an alias back to a version that it pointed at before; needs a reason, no approval."
              + " A protected alias goes back only to what was approved for it, and not against a"
              + " later FAIL or halted canary")
  @PostMapping("/{alias}/rollback")
  @LedgerExempt
  @PreAuthorize("hasAnyRole('ML_ENGINEER', 'SRE')")
  public AliasMoveResult rollBackAlias(
      @PathVariable String name,
      @PathVariable String alias,
      @Valid @RequestBody RollBackAlias request) {
    return AliasMoveResult.from(
        aliasService.rollBack(name, alias, request.version(), request.reason()));
  }
}
