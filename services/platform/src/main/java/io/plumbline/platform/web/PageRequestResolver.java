package io.plumbline.platform.web;

import io.plumbline.platform.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads a {@link PageRequest} from the query. */
final class PageRequestResolver implements HandlerMethodArgumentResolver {

  static final String LIMIT = "limit";
  static final String PAGE_TOKEN = "pageToken";

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == PageRequest.class;
  }

  @Override
  public PageRequest resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer model,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binder) {
    String token = request.getParameter(PAGE_TOKEN);
    return new PageRequest(
        limit(request.getParameter(LIMIT)),
        token == null || token.isEmpty() ? null : PageToken.decode(token));
  }

  private static int limit(@Nullable String limit) {
    if (limit == null) {
      return PageRequest.DEFAULT_LIMIT;
    }
    try {
      int value = Integer.parseInt(limit);
      if (value >= 1 && value <= PageRequest.MAX_LIMIT) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Both cases have the same answer below.
    }
    throw Problem.invalid(LIMIT, "must be a whole number from 1 to " + PageRequest.MAX_LIMIT);
  }
}
