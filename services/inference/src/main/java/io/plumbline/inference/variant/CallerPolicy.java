package io.plumbline.inference.variant;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Comparator;
import java.util.List;

/**
 * What the callers of a variant may decide themselves. By default: a history of user and assistant
 * messages, and a shorter answer; what samples the answer is the variant's, and the rest is
 * refused.
 *
 * @param allowed in the order of their names, which the variant's digest rests on
 */
public record CallerPolicy(@NotNull @Size(max = 100) List<@NotNull CallerPermission> allowed) {

  public static final CallerPolicy DEFAULT = new CallerPolicy(List.of());

  public CallerPolicy {
    allowed = allowed.stream().distinct().sorted(Comparator.comparing(CallerPermission::wire)).toList();
  }

  public static CallerPolicy allowing(CallerPermission... allowed) {
    return new CallerPolicy(List.of(allowed));
  }

  public boolean allows(CallerPermission allowance) {
    return allowed.contains(allowance);
  }

  /** In the form of events. */
  List<String> names() {
    return allowed.stream().map(CallerPermission::wire).toList();
  }
}
