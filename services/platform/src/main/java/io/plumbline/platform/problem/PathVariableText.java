package io.plumbline.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.servlet.HandlerMapping;

/** The names and ids in the path of a request, as the answer to a missing resource repeats them. */
final class PathVariableText {

  private PathVariableText() {}

  /** Returns a sentence with a space after it; empty when the path has no variables. */
  static String sentenceFor(HttpServletRequest request) {
    if (!(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> variables)
        || variables.isEmpty()) {
      return "";
    }
    return variables.entrySet().stream()
        .sorted(
            (one, other) -> String.valueOf(one.getKey()).compareTo(String.valueOf(other.getKey())))
        .map(variable -> "%s '%.100s'".formatted(variable.getKey(), variable.getValue()))
        .collect(Collectors.joining(" and ", "Nothing was found for the ", ". "));
  }
}
