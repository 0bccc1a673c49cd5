package io.plumbline.modelregistry.proposal;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules for who decides a proposal, who withdraws it, and when. */
public final class ProposalRules {

  /** The remedy for a person who has made too many proposals. */
  public static final String REMEDY = "Withdraw one, or have some of them decided.";

  private ProposalRules() {}

  /**
   * Requires that the caller may decide a proposal.
   *
   * @throws Problem 403 for the person who made it
   */
  public static void requireSecondPerson(String madeBy) {
    if (Caller.current().actor().equals(madeBy)) {
      throw new Problem(
          ProposalProblem.OWN,
          "You made this proposal, so another person has to decide it. You can withdraw it.");
    }
  }

  /**
   * Requires that the caller may withdraw a proposal.
   *
   * @throws Problem 403 for anybody but the person who made it
   */
  public static void requireMaker(String madeBy) {
    if (!Caller.current().actor().equals(madeBy)) {
      throw new Problem(
          ProposalProblem.FOREIGN, "Another person made this proposal. You can only decide it.");
    }
  }

  /**
   * Requires that a proposal is open.
   *
   * @param open the state of open proposals
   * @param decidedBy who decided or withdrew it; absent if no person did
   * @throws Problem 409 that says how it ended
   */
  public static <S extends Enum<S>> void requireOpen(S state, S open, @Nullable String decidedBy) {
    if (state != open) {
      throw new Problem(
          ProposalProblem.CLOSED,
          "The proposal is %s%s already. Make a new one to change that."
              .formatted(
                  state.name().toLowerCase(Locale.ROOT),
                  decidedBy == null ? "" : " by " + decidedBy));
    }
  }
}
