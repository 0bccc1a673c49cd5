package io.plumbline.platform.web;

import io.plumbline.platform.body.StorableText;
import io.plumbline.platform.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that the handler does not read, and single-valued ones that are given
 * twice. A misspelled filter would otherwise look like one that matches everything. The OpenAI
 * routes are left out, since clients send parameters of OpenAI's API that do not apply here.
 */
final class UnknownParameterCheck implements HandlerInterceptor {

  private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

  private final Map<HandlerMethod, Map<String, Boolean>> known = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method && request.getRequestURI().startsWith("/api/")) {
      Map<String, Boolean> accepted =
          known.computeIfAbsent(method, UnknownParameterCheck::acceptedNames);
      for (Map.Entry<String, String[]> sent : request.getParameterMap().entrySet()) {
        requireAccepted(sent.getKey(), sent.getValue(), accepted);
      }
    }
    return true;
  }

  private static void requireAccepted(String name, String[] values, Map<String, Boolean> accepted) {
    Boolean repeats = accepted.get(name);
    if (repeats == null) {
      throw Problem.invalid(name, unknownDetail(accepted.keySet()));
    }
    if (values.length > 1 && !repeats) {
      throw Problem.invalid(name, "is given %d times; send it once".formatted(values.length));
    }
    for (String value : values) {
      StorableText.flaw(value)
          .ifPresent(flaw -> {
            throw Problem.invalid(name, flaw);
          });
    }
  }

  private static String unknownDetail(Set<String> accepted) {
    if (accepted.isEmpty()) {
      return "is not a parameter of this request, which has none";
    }
    return "is not a parameter of this request; send only " + String.join(", ", accepted);
  }

  /** Returns the parameters by name, and whether each may be given more than once. */
  private static Map<String, Boolean> acceptedNames(HandlerMethod method) {
    Map<String, Boolean> names = new TreeMap<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
      if (annotation != null) {
        parameter.initParameterNameDiscovery(NAMES);
        Class<?> type = parameter.getParameterType();
        names.put(
            nameOf(annotation, parameter),
            type.isArray() || Collection.class.isAssignableFrom(type));
      }
      if (parameter.getParameterType() == PageRequest.class) {
        names.put(PageRequestResolver.LIMIT, false);
        names.put(PageRequestResolver.PAGE_TOKEN, false);
      }
    }
    return names;
  }

  private static String nameOf(RequestParam annotation, MethodParameter parameter) {
    if (annotation.name().isEmpty()) {
      return String.valueOf(parameter.getParameterName());
    }
    return annotation.name();
  }
}
