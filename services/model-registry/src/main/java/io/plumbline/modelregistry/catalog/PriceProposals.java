package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.PriceChangeRequested;
import io.plumbline.contracts.ModelRegistryEvent.PriceChangeWithdrawn;
import io.plumbline.contracts.Money;
import io.plumbline.modelregistry.catalog.PriceProposal.State;
import io.plumbline.modelregistry.proposal.ProposalRules;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.OpenProposals;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The proposals of prices. They are requested here and approved in compliance; those that were
 * approved are the history of a model's prices.
 */
@Service
public class PriceProposals {

  private final JdbcClient sql;
  private final Outbox outbox;
  private final Clock clock;
  private final OpenProposals open;
  private final NewestFirstReader<PriceProposal> newest;

  PriceProposals(
      JdbcClient sql,
      Outbox outbox,
      Clock clock,
      @Value("${plumbline.base-models.requested-prices:1000}") long perWorkspace,
      @Value("${plumbline.base-models.requested-prices-per-person:250}") long perPerson) {
    this.sql = sql;
    this.outbox = outbox;
    this.clock = clock;
    this.open =
        OpenProposals.of(
            sql,
            "requested prices",
            "price_proposal WHERE workspace_id = ? AND state = 'REQUESTED'",
            "requester",
            ProposalRules.REMEDY,
            "plumbline.base-models.requested-prices",
            perWorkspace,
            perPerson);
    this.newest =
        new NewestFirstReader<>(
            sql, "price_proposal", PriceProposals::read, PriceProposal::proposalId);
  }

  /**
   * Requests a second person's approval of prices. Nothing is requested for the prices in force, or
   * again for those that the caller has requested already.
   *
   * @param former the prices in force; absent if there are none
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void request(String model, @Nullable Prices former, Prices prices, String reason) {
    Caller caller = Caller.current();
    PriceProposal proposal =
        PriceProposal.requested(
            Ids.next(), model, former, prices, reason, caller.actor(), clock.instant());
    if (prices.equals(former) || isRequested(proposal)) {
      return;
    }
    open.requireRoom();
    insert(proposal);
    outbox.append(
        new PriceChangeRequested(
            proposal.proposalId(),
            model,
            proposal.digest(),
            prices.input().toMoney(),
            toMoney(prices.cachedInput()),
            prices.output().toMoney(),
            former == null ? null : former.input().toMoney(),
            former == null ? null : toMoney(former.cachedInput()),
            former == null ? null : former.output().toMoney(),
            reason,
            caller.actor()),
        subject(proposal),
        1);
  }

  private boolean isRequested(PriceProposal proposal) {
    return newest
        .first(
            "model = ? AND state = 'REQUESTED' AND requester = ? AND digest = ? AND former_digest"
                + " = ?",
            proposal.model(),
            proposal.requester(),
            proposal.digest().hex(),
            hex(proposal.formerDigest()))
        .isPresent();
  }

  private static @Nullable Money toMoney(@Nullable Price price) {
    return price == null ? null : price.toMoney();
  }

  private static @Nullable String hex(@Nullable Digest digest) {
    return digest == null ? null : digest.hex();
  }

  private void insert(PriceProposal proposal) {
    Price cached = proposal.prices().cachedInput();
    sql.sql(
            """
            INSERT INTO price_proposal (workspace_id, id, model, digest, former_digest, input_per_million,
              cached_input_per_million, output_per_million, currency, reason, requester, requested_at, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Caller.current().workspace())
        .param(proposal.proposalId())
        .param(proposal.model())
        .param(proposal.digest().hex())
        .param(hex(proposal.formerDigest()))
        .param(proposal.prices().input().perMillion())
        .param(cached == null ? null : cached.perMillion())
        .param(proposal.prices().output().perMillion())
        .param(proposal.prices().currency())
        .param(proposal.reason())
        .param(proposal.requester())
        .param(proposal.requestedAt().atOffset(ZoneOffset.UTC))
        .param(proposal.state().name())
        .update();
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<PriceProposal> find(UUID proposalId) {
    return newest.first("id = ?", proposalId);
  }

  /** Finds a proposal that waits for a decision and locks it until the transaction ends. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<PriceProposal> lockRequested(UUID proposalId) {
    return sql.sql("SELECT * FROM price_proposal WHERE id = ? AND state = 'REQUESTED' FOR UPDATE")
        .param(proposalId)
        .query(PriceProposals::read)
        .optional();
  }

  /** Stores the end of a proposal. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void storeDecision(PriceProposal decided) {
    sql.sql(
            "UPDATE price_proposal SET state = ?, approval_id = ?, decided_by = ?, decided_at = ?"
                + " WHERE id = ?")
        .param(decided.state().name())
        .param(decided.approvalId())
        .param(decided.decidedBy())
        .param(decided.decidedAt() == null ? null : decided.decidedAt().atOffset(ZoneOffset.UTC))
        .param(decided.proposalId())
        .update();
  }

  /**
   * Ends the proposals of a model that were made about other prices than those in force. The caller
   * has locked the model's entry.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void endOutdated(String model, Prices inForce) {
    sql
        .sql("SELECT * FROM price_proposal WHERE model = ? AND state = 'REQUESTED' FOR UPDATE")
        .param(model)
        .query(PriceProposals::read)
        .list()
        .stream()
        .filter(proposal -> !proposal.replaces(inForce))
        .forEach(proposal ->
            endWithoutDecision(
                proposal.outdated(clock.instant()),
                "The prices of %s have changed since. Propose yours again.".formatted(model)));
  }

  /**
   * Withdraws a proposal of the caller that waits for a decision.
   *
   * @throws Problem 403 for anybody but its requester, 409 if it was decided
   */
  @Transactional
  public PriceProposal withdraw(UUID proposalId) {
    PriceProposal proposal =
        sql.sql("SELECT * FROM price_proposal WHERE id = ? FOR UPDATE")
            .param(proposalId)
            .query(PriceProposals::read)
            .optional()
            .orElseThrow(Problem::notFound);
    ProposalRules.requireMaker(proposal.requester());
    ProposalRules.requireOpen(proposal.state(), State.REQUESTED, proposal.decidedBy());
    PriceProposal withdrawn = proposal.withdrawn(clock.instant());
    endWithoutDecision(withdrawn, "Its requester withdrew it.");
    return withdrawn;
  }

  private void endWithoutDecision(PriceProposal ended, String reason) {
    storeDecision(ended);
    outbox.append(
        new PriceChangeWithdrawn(
            ended.proposalId(), ended.model(), ended.digest(), ended.requester(), reason),
        subject(ended),
        2);
  }

  private static String subject(PriceProposal proposal) {
    return "price-proposal/" + proposal.proposalId();
  }

  /**
   * Returns a page of proposals, newest first.
   *
   * @param model the model whose proposals are listed; all models if absent
   * @param state the state of the listed proposals; all states if absent
   */
  @Transactional(readOnly = true)
  public Page<PriceProposal> list(@Nullable String model, @Nullable State state, PageRequest page) {
    return newest.page(
        page,
        "(?::text IS NULL OR model = ?) AND (?::text IS NULL OR state = ?)",
        model,
        model,
        state == null ? null : state.name(),
        state == null ? null : state.name());
  }

  private static PriceProposal read(ResultSet row, int number) throws SQLException {
    return new PriceProposal(
        row.getObject("id", UUID.class),
        row.getString("model"),
        new Digest(row.getString("digest")),
        Columns.digestOrNull(row, "former_digest"),
        Prices.of(
            row.getBigDecimal("input_per_million"),
            row.getBigDecimal("cached_input_per_million"),
            row.getBigDecimal("output_per_million"),
            row.getString("currency")),
        row.getString("reason"),
        row.getString("requester"),
        Columns.instant(row, "requested_at"),
        State.valueOf(row.getString("state")),
        row.getObject("approval_id", UUID.class),
        row.getString("decided_by"),
        Columns.instantOrNull(row, "decided_at"));
  }
}
