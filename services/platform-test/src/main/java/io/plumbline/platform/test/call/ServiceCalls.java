package io.plumbline.platform.test.call;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;

/**
 * The calls of one service to others, each as {@code inference POST /v1/embeddings}. Variables of
 * paths have no names, since both sides may name them differently.
 */
public final class ServiceCalls {

  private static final Pattern SECTION =
      Pattern.compile("<!-- routes of ([a-z-]+) -->\n(.*?)<!-- end -->", Pattern.DOTALL);
  private static final Pattern ROW =
      Pattern.compile("\\| `([A-Z]+) ([^`]+)` \\| [^|]* \\| ([a-z, -]+) \\|");

  private ServiceCalls() {}

  /** Returns the calls that a running service has clients for. */
  public static SortedSet<String> made(HttpServiceProxyRegistry clients) {
    SortedSet<String> calls = new TreeSet<>();
    for (String target : clients.getGroupNames()) {
      for (Class<?> client : clients.getClientTypesInGroup(target)) {
        Arrays.stream(client.getMethods())
            .flatMap(method -> exchange(method).stream())
            .forEach(exchange -> calls.add(target + " " + exchange));
      }
    }
    return calls;
  }

  private static Optional<String> exchange(Method method) {
    return Optional.ofNullable(
            AnnotatedElementUtils.findMergedAnnotation(method, HttpExchange.class))
        .map(exchange -> exchange.method() + " " + withoutNames(exchange.url()));
  }

  /**
   * Returns the calls of a service that a page lists.
   *
   * @param page the text of {@code docs/roles.md}
   */
  public static SortedSet<String> documented(String page, String service) {
    SortedSet<String> calls = new TreeSet<>();
    Matcher section = SECTION.matcher(page);
    while (section.find()) {
      Matcher row = ROW.matcher(section.group(2));
      while (row.find()) {
        if (List.of(row.group(3).split(", ", -1)).contains(service)) {
          calls.add(section.group(1) + " " + row.group(1) + " " + withoutNames(row.group(2)));
        }
      }
    }
    return calls;
  }

  private static String withoutNames(String path) {
    return path.replaceAll("\\{[^}]*}", "{}");
  }
}
