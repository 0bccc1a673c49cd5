package io.plumbline.platform.security;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.expression.method.DefaultMethodSecurityExpressionHandler;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.DefaultAuthorizationManagerFactory;
import org.springframework.security.authorization.method.PreAuthorizeAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.util.SimpleMethodInvocation;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Checks the roles in a handler's {@code @PreAuthorize} before its arguments are read, so that
 * nobody without them makes the service read, keep or answer anything. Method security would check
 * them afterwards, with the body already in memory. A handler that names no roles is refused. A
 * service's roles do not count: the handler has to name the service in {@link CallingServices}.
 */
final class HandlerRoleInterceptor implements HandlerInterceptor {

  /**
   * The form of expressions that depend only on the caller's roles, so that one decision holds for
   * all callers with the same roles.
   */
  private static final Pattern ROLES_ONLY =
      Pattern.compile("has(Any)?Role\\(\\s*'\\w+'(\\s*,\\s*'\\w+')*\\s*\\)");

  private record Granted(Method handler, Set<Role> roles) {}

  /**
   * The granted combinations of handler and roles. There are only as many as handlers and sets of
   * roles. A refusal is decided anew each time.
   */
  private final Set<Granted> granted = ConcurrentHashMap.newKeySet();

  private final PreAuthorizeAuthorizationManager roles = new PreAuthorizeAuthorizationManager();

  private final ServiceCallCheck serviceCalls;

  HandlerRoleInterceptor(RoleHierarchy hierarchy, ServiceCallCheck serviceCalls) {
    this.serviceCalls = serviceCalls;
    DefaultAuthorizationManagerFactory<org.aopalliance.intercept.MethodInvocation> factory =
        new DefaultAuthorizationManagerFactory<>();
    factory.setRoleHierarchy(hierarchy);
    DefaultMethodSecurityExpressionHandler expressions =
        new DefaultMethodSecurityExpressionHandler();
    expressions.setAuthorizationManagerFactory(factory);
    roles.setExpressionHandler(expressions);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method) {
      Optional<Caller> service = Caller.find().filter(Caller::service);
      if (service.isPresent()) {
        serviceCalls.requireNamed(service.get(), method);
        return true;
      }
      Optional<Granted> known =
          Caller.find().map(caller -> new Granted(method.getMethod(), caller.roles()));
      if (known.isPresent() && granted.contains(known.get())) {
        return true;
      }
      AuthorizationResult result = authorize(method);
      if (!result.isGranted()) {
        throw new AuthorizationDeniedException("Access denied", result);
      }
      known.filter(each -> dependsOnRolesOnly(method)).ifPresent(granted::add);
    }
    return true;
  }

  private static boolean dependsOnRolesOnly(HandlerMethod method) {
    PreAuthorize required = method.getMethodAnnotation(PreAuthorize.class);
    return required != null && ROLES_ONLY.matcher(required.value()).matches();
  }

  private AuthorizationResult authorize(HandlerMethod method) {
    Supplier<@Nullable Authentication> caller =
        () -> SecurityContextHolder.getContext().getAuthentication();
    // The expressions name only roles, so the arguments, which have not been read yet, do not
    // matter.
    Object[] unread = new Object[method.getMethod().getParameterCount()];
    AuthorizationResult result =
        roles.authorize(
            caller, new SimpleMethodInvocation(method.getBean(), method.getMethod(), unread));
    return result == null ? new AuthorizationDecision(false) : result;
  }
}
