package io.plumbline.platform.test;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.security.CallingServices;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * One route of a running application.
 *
 * @param pattern the path pattern, with its variables in braces
 * @param named the roles that the handler names; empty for the API's description
 * @param services the services that the handler names, in alphabetical order
 */
record Route(String method, String pattern, Set<Role> named, SortedSet<String> services) {

  /** The roles that a role includes, as {@code docs/roles.md} says. */
  private static final Map<Role, Set<Role>> IMPLIED =
      Map.of(
          Role.ADMIN,
          EnumSet.of(
              Role.PROMPT_ENGINEER, Role.ML_ENGINEER, Role.DATA_STEWARD, Role.SRE, Role.VIEWER));

  private static final Pattern QUOTED = Pattern.compile("'([A-Z_]+)'");

  static List<Route> of(RequestMappingHandlerMapping mapping) {
    return mapping.getHandlerMethods().entrySet().stream()
        .flatMap(each -> routes(each.getKey(), each.getValue()))
        .filter(route -> !route.pattern.startsWith("/error"))
        .distinct()
        .sorted(Comparator.comparing(Route::pattern).thenComparing(Route::method))
        .toList();
  }

  private static Stream<Route> routes(RequestMappingInfo info, HandlerMethod handler) {
    Set<Role> roles = roles(handler);
    SortedSet<String> services =
        Optional.ofNullable(handler.getMethodAnnotation(CallingServices.class))
            .map(named -> new TreeSet<>(List.of(named.value())))
            .orElseGet(TreeSet::new);
    return info.getPatternValues().stream()
        .flatMap(pattern ->
            info.getMethodsCondition().getMethods().stream()
                .map(method -> new Route(method.name(), pattern, roles, services)));
  }

  private static Set<Role> roles(HandlerMethod handler) {
    String expression =
        Optional.ofNullable(handler.getMethodAnnotation(PreAuthorize.class))
            .map(PreAuthorize::value)
            .orElse("");
    return QUOTED
        .matcher(expression)
        .results()
        .map(found -> Role.valueOf(found.group(1)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
  }

  /** Returns a path with ids and names that do not exist. */
  String path() {
    return pattern
        .replaceAll("\\{[^}]*}", "0190a000-0000-7000-8000-00000000000f")
        .replace("**", "x")
        .replace("*", "x");
  }

  boolean isRead() {
    return method.equals("GET");
  }

  /** Returns whether the route is the API's description, whose role the filter chain checks. */
  boolean isApiDescription() {
    return pattern.startsWith("/v3");
  }

  /** Returns whether a person with a role is admitted. A service is not admitted by its role. */
  boolean admits(Role role) {
    if (role == Role.SERVICE) {
      return false;
    }
    Set<Role> wanted = isApiDescription() ? Set.of(Role.VIEWER) : named;
    return wanted.contains(role)
        || wanted.contains(Role.VIEWER)
        || IMPLIED.getOrDefault(role, Set.of()).stream().anyMatch(wanted::contains);
  }

  /** Returns all admitted roles, in the spelling of the realm. */
  String admittedRolesText() {
    return Arrays.stream(Role.values())
        .filter(this::admits)
        .map(Role::claim)
        .collect(Collectors.joining(", "));
  }

  /** Returns the row of {@code docs/roles.md} about the route. */
  String row() {
    String callers = services.isEmpty() ? " " : " " + String.join(", ", services) + " ";
    return "| `" + this + "` | " + admittedRolesText() + " |" + callers + "|\n";
  }

  @Override
  public String toString() {
    return method + " " + pattern;
  }
}
