package io.plumbline.inference.variant;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Comparator;
import java.util.List;

/**
 * The permissions of a variant's callers. By default callers may send a history of user and
 * assistant messages and ask for a shorter answer; the variant's own sampling parameters apply, and
 * everything else is refused.
 *
 * @param allowed the permissions in the order of their names, on which the variant's digest depends
 */
public record CallerPolicy(@NotNull @Size(max = 100) List<@NotNull CallerPermission> allowed) {

  public static final CallerPolicy DEFAULT = new CallerPolicy(List.of());

  public CallerPolicy {
    allowed =
        allowed.stream()
            .distinct()
            .sorted(Comparator.comparing(CallerPermission::wireName))
            .toList();
  }

  public static CallerPolicy allowing(CallerPermission... allowed) {
    return new CallerPolicy(List.of(allowed));
  }

  public boolean allows(CallerPermission permission) {
    return allowed.contains(permission);
  }

  /** Returns the names of the permissions, in the form of events. */
  List<String> permissionNames() {
    return allowed.stream().map(CallerPermission::wireName).toList();
  }
}
