package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.PromptRegistryEvent.LabelMoveRequested;
import io.plumbline.contracts.PromptRegistryEvent.LabelMoved;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves labels: directly, or after an approval if the label is protected. Compliance decides who
 * may approve; here an approval counts only for the digest that was requested.
 */
@Service
public class Promotions {

  private final Prompts prompts;
  private final PromptVersions versions;
  private final PromptAuthors authors;
  private final Labels labels;
  private final PromptSettings settings;
  private final Outbox outbox;
  private final ApplicationEventPublisher changes;
  private final Clock clock;

  Promotions(
      Prompts prompts,
      PromptVersions versions,
      PromptAuthors authors,
      Labels labels,
      PromptSettings settings,
      Outbox outbox,
      ApplicationEventPublisher changes,
      Clock clock) {
    this.prompts = prompts;
    this.versions = versions;
    this.authors = authors;
    this.labels = labels;
    this.settings = settings;
    this.outbox = outbox;
    this.changes = changes;
    this.clock = clock;
  }

  @Transactional
  public Promotion promote(String name, Label label, int to) {
    Prompt prompt = prompts.findForChangeByName(name).orElseThrow(Problem::notFound);
    if (label.equals(Label.LATEST)) {
      throw new Problem(
          PromptProblem.AUTOMATIC_LABEL,
          "The label 'latest' always points to the newest version; move another label, or publish a"
              + " version.");
    }
    PromptVersion version =
        versions
            .find(prompt.id(), to)
            .orElseThrow(() ->
                new Problem(
                        PromptProblem.UNKNOWN_VERSION,
                        "Prompt '%s' has no version %d. Pass a version from 1 to %d."
                            .formatted(name, to, prompt.latestVersion()))
                    .withFieldError(
                        "/version",
                        "is %d, which is not a version of prompt '%s'".formatted(to, name)));
    Optional<LabelView> present = labels.findLabel(prompt.id(), label);
    if (present.filter(view -> view.version() == to).isPresent()) {
      return new Promotion.AlreadyThere(present.get());
    }
    if (!settings.protectedLabels().contains(label.value())) {
      LabelMove move = newMove(label, present, version, LabelMove.State.MOVED);
      labels.addMove(prompt.id(), move);
      return new Promotion.Moved(moveNow(prompt, move, null));
    }
    return labels
        .findRequestedMove(prompt.id(), label, to)
        .map(Promotions::awaitingApproval)
        .orElseGet(() -> requestMove(prompt, label, present, version));
  }

  /** Moves a protected label, or ends its request. Decisions about other requests are ignored. */
  @OnEvent
  @Transactional
  public void on(ApprovalDecided decided) {
    if (!decided.decides(LabelMoveRequested.class)) {
      return;
    }
    Optional<UUID> id = labels.promptIdOfMove(decided.requestId());
    if (id.isEmpty()) {
      return;
    }
    // The prompt is locked before the move is read, so that two decisions cannot both find it
    // requested.
    Prompt prompt = prompts.findForChangeById(id.get()).orElseThrow();
    labels
        .findRequestedMove(decided.requestId())
        .ifPresent(move -> applyDecision(prompt, move, decided));
  }

  private void applyDecision(Prompt prompt, LabelMove move, ApprovalDecided decided) {
    LabelMove after = move.withDecision(decided, clock.instant());
    labels.storeDecision(after);
    if (after.state() == LabelMove.State.MOVED) {
      moveNow(prompt, move, decided.approvalId());
    }
  }

  private Promotion requestMove(
      Prompt prompt, Label label, Optional<LabelView> present, PromptVersion version) {
    LabelMove move = newMove(label, present, version, LabelMove.State.REQUESTED);
    labels.addMove(prompt.id(), move);
    prompt.incrementLabelMoves();
    outbox.append(
        new LabelMoveRequested(
            move.labelMoveId(),
            prompt.name(),
            label.value(),
            move.from(),
            move.to(),
            move.digest(),
            move.author(),
            move.requester(),
            authors.of(prompt.id(), version)),
        prompt.name(),
        prompts.saveAndFlush(prompt).aggregateVersion());
    return awaitingApproval(move);
  }

  private LabelView moveNow(Prompt prompt, LabelMove move, @Nullable UUID approval) {
    Integer from =
        labels.findLabel(prompt.id(), new Label(move.label())).map(LabelView::version).orElse(null);
    LabelView label =
        labels.pointLabel(
            prompt.id(), move.label(), move.to(), move.digest(), clock.instant(), move.requester());
    prompt.incrementLabelMoves();
    outbox.append(
        new LabelMoved(prompt.name(), move.label(), from, move.to(), move.digest(), approval),
        prompt.name(),
        prompts.saveAndFlush(prompt).aggregateVersion());
    changes.publishEvent(new PromptChanged(Caller.current().workspace(), prompt.name()));
    return label;
  }

  private LabelMove newMove(
      Label label, Optional<LabelView> present, PromptVersion version, LabelMove.State state) {
    return new LabelMove(
        Ids.next(),
        label.value(),
        present.map(LabelView::version).orElse(null),
        version.version(),
        version.digest(),
        state,
        version.author(),
        Caller.current().actor(),
        clock.instant(),
        null,
        null,
        null,
        null);
  }

  private static Promotion awaitingApproval(LabelMove move) {
    return new Promotion.AwaitingApproval(
        move.labelMoveId(), move.label(), move.to(), move.digest(), move.state());
  }
}
