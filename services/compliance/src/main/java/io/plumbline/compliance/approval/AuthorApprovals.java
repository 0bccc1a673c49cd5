package io.plumbline.compliance.approval;

import io.plumbline.compliance.directory.PeopleDirectory;
import io.plumbline.compliance.directory.PeopleDirectory.RoleHolders;
import io.plumbline.compliance.directory.PersonView;
import io.plumbline.compliance.policy.Policies;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.Problem;
import io.plumbline.policy.PolicyTarget;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decides when authors may approve. The approvers of the workspace who neither requested nor wrote
 * what a request is about decide it, and a refusal names them. If there are none, and a policy of
 * the target {@code author-approval} allows it, two approvers decide together: both are authors,
 * they have no part in common, and neither is the requester.
 */
@Component
class AuthorApprovals {

  /** The most people that a refusal names. */
  private static final int MAX_NAMED = 5;

  private final PeopleDirectory directory;
  private final Policies policies;
  private final JsonMapper json;

  AuthorApprovals(PeopleDirectory directory, Policies policies, JsonMapper json) {
    this.directory = directory;
    this.policies = policies;
    this.json = json;
  }

  /** Returns the refusal of a decision of somebody who requested or wrote what it is about. */
  Problem refusal(Approval approval) {
    return new Problem(
        ApprovalProblem.OWN_APPROVAL,
        "You made this request or are one of the authors of what it changes, " + advice(approval));
  }

  /**
   * Requires that an author may approve a request together with another author.
   *
   * @param variables the variables of the policies
   * @throws Problem 403 if somebody else can decide, the caller requested it, or no policy allows
   *     it
   */
  void requireAllowed(Approval approval, Caller caller, Map<String, ?> variables) {
    if (!caller.hasRole(Role.APPROVER)
        || caller.actor().equals(approval.requester())
        || partsOf(approval, caller.actor()).isEmpty()
        || !policies.refusals(PolicyTarget.AUTHOR_APPROVAL, variables).isEmpty()
        || !isNobodyElseLeft(approval, caller)) {
      throw refusal(approval);
    }
  }

  /**
   * Returns whether no other approver could decide. The caller is an approver, so a list without
   * the caller is treated as incomplete.
   */
  private boolean isNobodyElseLeft(Approval approval, Caller caller) {
    RoleHolders approvers = directory.findKnownByRole(Role.APPROVER);
    return approvers.complete()
        && approvers.people().stream()
            .anyMatch(each -> each.actor().toString().equals(caller.actor()))
        && others(approvers, approval).isEmpty();
  }

  /** Returns whether two of the authors who approved a request have no part in common. */
  boolean isDecided(Approval approval) {
    List<String> authors = approval.approvedByAuthors();
    String last = authors.getLast();
    Set<String> parts = partsOf(approval, last);
    return authors.stream()
        .filter(other -> !other.equals(last))
        .map(other -> partsOf(approval, other))
        .anyMatch(others -> others.stream().noneMatch(parts::contains));
  }

  /** Returns the parts that a person is an author of; empty where the request names no parts. */
  private Set<String> partsOf(Approval approval, String person) {
    return json.readTree(approval.request())
        .path("parts")
        .valueStream()
        .filter(part ->
            part.path("authors").valueStream().map(JsonNode::asString).anyMatch(person::equals))
        .map(part -> part.path("part").asString())
        .collect(Collectors.toSet());
  }

  private static List<PersonView> others(RoleHolders approvers, Approval approval) {
    return approvers.people().stream()
        .filter(each -> !approval.isOwnRequestOf(each.actor().toString()))
        .toList();
  }

  private String advice(Approval approval) {
    RoleHolders approvers = directory.findKnownByRole(Role.APPROVER);
    List<String> names = others(approvers, approval).stream().map(PersonView::name).toList();
    if (!names.isEmpty()) {
      return "so another approver has to decide: " + listOf(names) + ".";
    }
    if (!approvers.complete()) {
      return "so another approver has to decide.";
    }
    return "and your workspace has no other approver. Ask an administrator to give the role"
        + " approver to somebody who wrote none of it. Where a policy of the target"
        + " author-approval allows it, two approvers who are authors of different parts"
        + " decide.";
  }

  private static String listOf(List<String> names) {
    if (names.size() > MAX_NAMED) {
      return "%s or %d others"
          .formatted(String.join(", ", names.subList(0, MAX_NAMED)), names.size() - MAX_NAMED);
    }
    if (names.size() == 1) {
      return names.getFirst();
    }
    return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
  }
}
