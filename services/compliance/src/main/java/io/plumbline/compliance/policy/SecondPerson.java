package io.plumbline.compliance.policy;

import io.plumbline.compliance.directory.PeopleDirectory;
import io.plumbline.compliance.directory.PeopleDirectory.RoleHolders;
import io.plumbline.compliance.directory.PersonView;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Finds the people who may decide about a policy that the caller proposed. */
@Component
class SecondPerson {

  /** The most people that a refusal names. */
  private static final int MAX_NAMED = 5;

  private final PeopleDirectory directory;

  SecondPerson(PeopleDirectory directory) {
    this.directory = directory;
  }

  /** Returns the refusal of the caller's own decision, which names who may decide. */
  Problem refusal(Caller caller) {
    return new Problem(
        PolicyProblem.OWN_PROPOSAL, "You proposed this version of the policy, " + advice(caller));
  }

  private String advice(Caller caller) {
    RoleHolders officers = directory.findKnownByRole(Role.COMPLIANCE_OFFICER);
    RoleHolders admins = directory.findKnownByRole(Role.ADMIN);
    List<String> names =
        Stream.of(officers, admins)
            .flatMap(holders -> holders.people().stream())
            .filter(each -> !each.actor().toString().equals(caller.actor()))
            .map(PersonView::name)
            .distinct()
            .limit(MAX_NAMED)
            .toList();
    if (!names.isEmpty()) {
      return "so another compliance-officer or admin has to decide: %s."
          .formatted(String.join(", ", names));
    }
    if (!officers.complete() || !admins.complete()) {
      return "so another compliance-officer or admin has to decide.";
    }
    return "and your workspace has no other compliance-officer or admin. Have the role"
        + " compliance-officer given to a second person, who then decides.";
  }
}
