package io.plumbline.platform.limit;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The limits on the proposals of one kind that wait for a second person. One person cannot take the
 * room of a whole workspace.
 *
 * @param things the kind in the plural, such as {@code "requested prices"}
 * @param rows the text after FROM that selects the open proposals of a workspace, whose id is its
 *     parameter
 * @param maker the column that names who made a proposal
 * @param remedy what a person can do who has made too many, as a sentence
 * @param perWorkspace the limit of a workspace
 * @param perPerson the limit of one person in a workspace
 */
public record OpenProposals(
    String things, String rows, String maker, String remedy, Quota perWorkspace, Quota perPerson) {

  /** The remedy where proposals cannot be withdrawn. */
  public static final String DECIDE = "Have some of them decided.";

  /** Creates the limits, with that of one person in a property of its own. */
  public static OpenProposals of(
      JdbcClient sql,
      String things,
      String rows,
      String maker,
      String remedy,
      String property,
      long perWorkspace,
      long perPerson) {
    return new OpenProposals(
        things,
        rows,
        maker,
        remedy,
        new Quota(sql, property, perWorkspace),
        new Quota(sql, property + "-per-person", perPerson));
  }

  /** Lets those who propose at the same time wait until the transaction ends. */
  public void lock() {
    perWorkspace.lock("");
  }

  /**
   * Requires that the workspace and the caller may have one more open proposal. Those who propose
   * at the same time wait until the transaction ends.
   *
   * @throws Problem 409 that says which limit is reached
   */
  public void requireRoom() {
    Caller caller = Caller.current();
    lock();
    perWorkspace.requireRoom("The workspace", things, DECIDE, rows, caller.workspace());
    perPerson.requireRoom(
        "Your account",
        things,
        remedy,
        rows + " AND " + maker + " = ?",
        caller.workspace(),
        caller.actor());
  }
}
