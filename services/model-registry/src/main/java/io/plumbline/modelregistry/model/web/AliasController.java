package io.plumbline.modelregistry.model.web;

import io.plumbline.modelregistry.model.Alias;
import io.plumbline.modelregistry.model.AliasMove;
import io.plumbline.modelregistry.model.Aliases;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
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
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/models/{name}/aliases")
class AliasController {

  private static final String VERSION = "must be the number of a version";

  /**
   * @param reason kept with the move
   */
  record MoveAlias(
      @NotNull(message = VERSION) @Min(value = 1, message = VERSION) Integer version,
      @Nullable @Size(max = 500, message = "must have at most 500 characters") String reason) {}

  /**
   * @param version that the alias pointed at before
   */
  record RollBack(
      @NotNull(message = VERSION) @Min(value = 1, message = VERSION) Integer version,
      @NotBlank(message = "must say why")
          @Size(max = 500, message = "must have at most 500 characters")
          String reason) {}

  /**
   * What became of it.
   *
   * @param version where the alias points now, or would when approved
   * @param moveId absent when nothing had to be asked for
   */
  record MoveView(String alias, int version, AliasMove.State state, @Nullable UUID moveId) {

    static MoveView from(Aliases.Outcome outcome) {
      return switch (outcome) {
        case Aliases.Outcome.Moved(Alias alias) ->
            new MoveView(alias.alias(), alias.version(), AliasMove.State.MOVED, null);
        case Aliases.Outcome.AlreadyThere(Alias alias) ->
            new MoveView(alias.alias(), alias.version(), AliasMove.State.MOVED, null);
        case Aliases.Outcome.Requested(AliasMove move) ->
            new MoveView(move.alias(), move.to(), move.state(), move.id());
      };
    }
  }

  private final Aliases aliases;

  AliasController(Aliases aliases) {
    this.aliases = aliases;
  }

  @Operation(summary = "Where the aliases of a model point")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<Alias> list(@PathVariable String name) {
    return Page.whole(aliases.of(name));
  }

  @Operation(summary = "Every move of an alias, and every request for one, newest first")
  @GetMapping("/{alias}/history")
  @PreAuthorize("hasRole('VIEWER')")
  public Page<AliasMove> history(
      @PathVariable String name, @PathVariable String alias, PageRequest request) {
    return aliases.history(name, alias, request);
  }

  @Operation(
      summary =
          "Point an alias at a version; a protected alias moves once a second person has approved"
              + " (202)")
  @PutMapping("/{alias}")
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public ResponseEntity<MoveView> move(
      @PathVariable String name,
      @PathVariable String alias,
      @Valid @RequestBody MoveAlias request) {
    if (!alias.matches(Alias.NAME)) {
      throw Problem.invalid(
          "alias",
          "must have up to 40 lower-case letters, digits and hyphens and begin with a letter");
    }
    Aliases.Outcome outcome = aliases.move(name, alias, request.version(), request.reason());
    HttpStatus status =
        outcome instanceof Aliases.Outcome.Requested ? HttpStatus.ACCEPTED : HttpStatus.OK;
    return ResponseEntity.status(status).body(MoveView.from(outcome));
  }

  @Operation(
      summary =
          "Point an alias back at a version it pointed at before; needs a reason and no approval")
  @PostMapping("/{alias}/rollback")
  @LedgerExempt
  @PreAuthorize("hasAnyRole('ML_ENGINEER', 'SRE')")
  public MoveView rollBack(
      @PathVariable String name, @PathVariable String alias, @Valid @RequestBody RollBack request) {
    return MoveView.from(aliases.rollBack(name, alias, request.version(), request.reason()));
  }
}
