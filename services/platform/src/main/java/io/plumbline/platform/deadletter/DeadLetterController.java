package io.plumbline.platform.deadletter;

import io.plumbline.platform.event.DeadLetter;
import io.plumbline.platform.event.DeadLetterReplay;
import io.plumbline.platform.event.DeadLetters;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/dead-letters")
class DeadLetterController {

  /**
   * The result of a replay.
   *
   * @param applied number of events that were applied
   * @param remaining number of dead letters of the key that remain
   */
  record ReplayView(int applied, int remaining) {}

  record AcceptDeadLetter(@NotBlank @Size(max = 2_000) String reason) {}

  /**
   * The people who accepted a dead letter so far.
   *
   * @param acceptedBy one person, whom a second one has to confirm, or two
   * @param reason the reason of the first
   */
  record AcceptanceView(List<String> acceptedBy, String reason) {}

  private final DeadLetters deadLetters;
  private final DeadLetterReplay replay;
  private final DeadLetterAcceptance acceptance;

  DeadLetterController(
      DeadLetters deadLetters, DeadLetterReplay replay, DeadLetterAcceptance acceptance) {
    this.deadLetters = deadLetters;
    this.replay = replay;
    this.acceptance = acceptance;
  }

  @GetMapping
  @PreAuthorize("hasRole('SRE')")
  @Operation(summary = "List the events that could not be applied, oldest first")
  public Page<DeadLetter> listDeadLetters(PageRequest page) {
    UUID workspace = Caller.current().workspace();
    List<DeadLetter> rows =
        deadLetters.list(workspace, page.after(Long::valueOf, 0L), page.fetchSize());
    return Page.of(
        rows,
        page,
        row -> List.of(Long.toString(row.deadLetterId())),
        deadLetters.count(workspace));
  }

  @PostMapping("/{deadLetterId}/replay")
  @PreAuthorize("hasRole('SRE')")
  @LedgerExempt
  @Operation(summary = "Apply all dead letters of the same key again, in their order")
  public ReplayView replayDeadLetter(@PathVariable long deadLetterId) {
    return switch (replay.replay(deadLetterId, Caller.current().workspace())) {
      case DeadLetterReplay.Result.NotFound missing -> throw Problem.notFound();
      case DeadLetterReplay.Result.Applied(int count) -> new ReplayView(count, 0);
      case DeadLetterReplay.Result.FailedAgain(int applied, int total, long id, String cause) ->
          throw new Problem(
              CommonProblem.CONFLICT,
              ("%d of the %d dead letters of this key were applied. Dead letter %d failed again:"
                      + " %s. Remove the cause, then replay.")
                  .formatted(applied, total, id, cause));
    };
  }

  @PostMapping("/{deadLetterId}/accept")
  @PreAuthorize("hasRole('SRE')")
  @Operation(
      summary = "Accept that the service goes on without the event; a second person confirms it",
      description =
          "With the second person the dead letter no longer closes gates, and the events behind it"
              + " are applied. Each acceptance is recorded in the ledger.")
  public AcceptanceView acceptDeadLetter(
      @PathVariable long deadLetterId, @RequestBody @Valid AcceptDeadLetter body) {
    return acceptance.accept(deadLetterId, body.reason);
  }
}
