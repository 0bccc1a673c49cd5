package io.plumbline.compliance.directory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClient;

/**
 * Reads the groups of a realm that give their members a workspace by the attribute {@code
 * workspace}. A group has the values of its own attribute and those of its parents, as in tokens.
 */
final class KeycloakGroups {

  /** A group as Keycloak represents it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Group(
      String id,
      @Nullable String parentId,
      @Nullable Integer subGroupCount,
      @Nullable Map<String, List<String>> attributes) {

    List<String> workspaces() {
      return attributes == null
          ? List.of()
          : attributes.getOrDefault(KeycloakUser.WORKSPACE, List.of());
    }

    boolean mayHaveChildren() {
      return subGroupCount == null || subGroupCount > 0;
    }
  }

  private final RestClient realm;

  KeycloakGroups(RestClient realm) {
    this.realm = realm;
  }

  /** Returns the values of the attribute in the groups of an account and in their parents. */
  Set<String> workspacesOf(UUID account) {
    Set<String> values = new HashSet<>();
    Set<String> read = new HashSet<>();
    Deque<Group> open =
        new ArrayDeque<>(List.of(list("/users/{id}/groups?briefRepresentation=false", account)));
    while (!open.isEmpty()) {
      Group group = open.pop();
      if (read.add(group.id)) {
        values.addAll(group.workspaces());
        if (group.parentId != null && !read.contains(group.parentId)) {
          open.push(get(group.parentId));
        }
      }
    }
    return values;
  }

  /**
   * Adds the members of the groups that name a workspace, and of all groups under them.
   *
   * @param max the number of accounts of one group, and of groups, at which the search stops
   * @return whether all groups and members were read
   */
  boolean addMembersOf(UUID workspace, int max, Map<UUID, Account> found) {
    Set<String> read = new HashSet<>();
    Group[] naming =
        list(
            "/groups?q=workspace:{id}&briefRepresentation=false&populateHierarchy=false&max={max}",
            workspace,
            max);
    boolean complete = naming.length < max;
    Deque<Group> open = new ArrayDeque<>(List.of(naming));
    while (!open.isEmpty() && read.size() < max) {
      Group group = open.pop();
      if (read.add(group.id)) {
        complete &= addMembers(group, workspace, max, found);
        if (group.mayHaveChildren()) {
          Group[] children = list("/groups/{id}/children?max={max}", group.id, max);
          complete &= children.length < max;
          open.addAll(List.of(children));
        }
      }
    }
    return complete && open.isEmpty();
  }

  private boolean addMembers(Group group, UUID workspace, int max, Map<UUID, Account> found) {
    KeycloakUser[] members =
        Keycloak.requireBody(
            realm
                .get()
                .uri("/groups/{id}/members?briefRepresentation=false&max={max}", group.id, max)
                .retrieve()
                .body(KeycloakUser[].class));
    for (KeycloakUser member : members) {
      if (member.id() != null && !member.isDisabled() && !member.isService()) {
        found.put(member.id(), member.account(Set.of(workspace.toString())));
      }
    }
    return members.length < max;
  }

  private Group get(String id) {
    return Keycloak.requireBody(realm.get().uri("/groups/{id}", id).retrieve().body(Group.class));
  }

  private Group[] list(String path, Object... values) {
    return Keycloak.requireBody(realm.get().uri(path, values).retrieve().body(Group[].class));
  }
}
