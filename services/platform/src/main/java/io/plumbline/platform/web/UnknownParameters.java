package io.plumbline.platform.web;

import io.plumbline.platform.body.StorableText;
import io.plumbline.platform.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that the handler does not read: a misspelled filter would otherwise look
 * like one that matches everything. The OpenAI routes are left out, since clients send parameters
 * of OpenAI's that do not apply here.
 */
final class UnknownParameters implements HandlerInterceptor {

  private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

  private final Map<HandlerMethod, Set<String>> known = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method && request.getRequestURI().startsWith("/api/")) {
      Set<String> accepted = known.computeIfAbsent(method, UnknownParameters::names);
      for (Map.Entry<String, String[]> sent : request.getParameterMap().entrySet()) {
        check(sent.getKey(), sent.getValue(), accepted);
      }
    }
    return true;
  }

  private static void check(String name, String[] values, Set<String> accepted) {
    if (!accepted.contains(name)) {
      throw Problem.invalid(
          name,
          accepted.isEmpty()
              ? "is not a parameter of this request, which has none"
              : "is not a parameter of this request; send only " + String.join(", ", accepted));
    }
    for (String value : values) {
      StorableText.flaw(value)
          .ifPresent(flaw -> {
            throw Problem.invalid(name, flaw);
          });
    }
  }

  private static Set<String> names(HandlerMethod method) {
    Set<String> names = new TreeSet<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
      if (annotation != null) {
        parameter.initParameterNameDiscovery(NAMES);
        names.add(
            annotation.name().isEmpty()
                ? String.valueOf(parameter.getParameterName())
                : annotation.name());
      }
      if (parameter.getParameterType() == PageRequest.class) {
        names.addAll(Arrays.asList(PageRequestResolver.LIMIT, PageRequestResolver.PAGE_TOKEN));
      }
    }
    return names;
  }
}
