package io.plumbline.modelregistry.proposal;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.Quota;
import io.plumbline.platform.problem.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rules for the proposals of one kind: how many may be open, who decides one, and who withdraws
 * it.
 *
 * @param things the kind in the plural, such as {@code "requested prices"}
 * @param rows the text after FROM that selects the open proposals of a workspace, whose id is its
 *     parameter
 * @param maker the column that names who made a proposal
 * @param perWorkspace the limit of a workspace
 * @param perPerson the limit of one person in a workspace
 */
public record OpenProposals(
    String things, String rows, String maker, Quota perWorkspace, Quota perPerson) {

  /** Creates the rules, with the limit of one person in a property of its own. */
  public static OpenProposals of(
      JdbcClient sql,
      String things,
      String rows,
      String maker,
      String property,
      long perWorkspace,
      long perPerson) {
    return new OpenProposals(
        things,
        rows,
        maker,
        new Quota(sql, property, perWorkspace),
        new Quota(sql, property + "-per-person", perPerson));
  }

  /**
   * Requires that the workspace and the caller may have one more open proposal. Those who propose
   * at the same time wait until the transaction ends.
   *
   * @throws Problem 409 that says which limit is reached
   */
  public void requireRoom() {
    Caller caller = Caller.current();
    perWorkspace.lock("");
    perWorkspace.requireRoom(
        "The workspace", things, "Have some of them decided.", rows, caller.workspace());
    perPerson.requireRoom(
        "Your account",
        things,
        "Withdraw one, or have some of them decided.",
        rows + " AND " + maker + " = ?",
        caller.workspace(),
        caller.actor());
  }

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
