package io.plumbline.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.env.Environment;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Matches requests that came in on the management port, which only the operator's scraper and
 * probes reach. With one port for both no request matches, so that a wrong setting never opens the
 * metrics to callers.
 */
final class ManagementRequests implements RequestMatcher {

  private static final String PATH = "/actuator/";

  private final Environment environment;

  /**
   * @param environment knows the ports once the servers have started
   */
  ManagementRequests(Environment environment) {
    this.environment = environment;
  }

  @Override
  public boolean matches(HttpServletRequest request) {
    return request.getRequestURI().startsWith(PATH)
        && request.getLocalPort() == port("local.management.port")
        && request.getLocalPort() != port("local.server.port");
  }

  private int port(String name) {
    return environment.getProperty(name, Integer.class, -1);
  }
}
