package io.plumbline.gateway.route;

import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.GatewayFilterSpec;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The routes from paths to the services that answer them. */
@Configuration(proxyBeanMethods = false)
class Routes {

  /**
   * A service behind the gateway.
   *
   * @param paths patterns of the paths that it answers
   */
  record Service(String name, List<String> paths) {}

  /** The services in the order in which routes are tried; inference, called most, is first. */
  static final List<Service> SERVICES =
      List.of(
          new Service(
              "inference",
              List.of(
                  "/v1/**",
                  "/api/api-keys/**",
                  "/api/providers/**",
                  "/api/indexes/**",
                  "/api/variants/**",
                  "/api/releases/**",
                  "/api/gates/**",
                  "/api/feedback/**",
                  "/api/traces/**",
                  "/api/trace-policy",
                  "/api/usage")),
          new Service("strategy", List.of("/api/applications/**", "/api/cost-models/**")),
          new Service(
              "prompt-registry",
              List.of("/api/prompts/**", "/api/prompt-versions/**", "/api/lint-rules/**")),
          new Service("dataset-registry", List.of("/api/datasets/**", "/api/lineage/**")),
          new Service("training", List.of("/api/training-jobs/**", "/api/sweeps/**")),
          new Service(
              "model-registry",
              List.of(
                  "/api/base-models/**",
                  "/api/models/**",
                  "/api/price-proposals/**",
                  "/api/tuning-statements/**")),
          new Service(
              "evaluation",
              List.of(
                  "/api/suites/**",
                  "/api/runs/**",
                  "/api/baselines/**",
                  "/api/comparisons/**",
                  "/api/verdicts/**",
                  "/api/guards/**")),
          new Service(
              "compliance",
              List.of(
                  "/api/ledger/**",
                  "/api/audit/**",
                  "/api/policies/**",
                  "/api/policy-proposals/**",
                  "/api/policy-targets/**",
                  "/api/approvals/**",
                  "/api/risks/**",
                  "/api/workspaces/**",
                  "/api/identity-recording",
                  "/api/people/**")));

  /** Returns a path that names a service: every service has dead letters and a description. */
  static String pathOfService(String service, String rest) {
    return "/api/services/" + service + "/" + rest;
  }

  @Bean
  RouteLocator routesToServices(RouteLocatorBuilder builder, Environment settings) {
    RouteLocatorBuilder.Builder routes = builder.routes();
    for (Service service : SERVICES) {
      List<URI> addresses = addresses(service.name(), settings);
      if (!addresses.isEmpty()) {
        addRoutes(routes, service, addresses);
      }
    }
    return routes.build();
  }

  private static void addRoutes(
      RouteLocatorBuilder.Builder routes, Service service, List<URI> addresses) {
    String name = service.name();
    ReplicaLoadBalancer replicaLoadBalancer = new ReplicaLoadBalancer(addresses);
    UnaryOperator<GatewayFilterSpec> balanced =
        filters -> addresses.size() == 1 ? filters : filters.filter(replicaLoadBalancer);
    routes.route(
        name,
        route ->
            route
                .path(service.paths().toArray(String[]::new))
                .filters(filters -> balanced.apply(filters))
                .uri(addresses.getFirst()));
    routes.route(
        name + "-dead-letters",
        route ->
            route
                .path(pathOfService(name, "dead-letters/**"))
                .filters(filters ->
                    balanced
                        .apply(filters)
                        .rewritePath("/api/services/[^/]+/(?<rest>.*)", "/api/${rest}"))
                .uri(addresses.getFirst()));
    routes.route(
        name + "-openapi",
        route ->
            route
                .path(pathOfService(name, "openapi"))
                .filters(filters -> balanced.apply(filters).setPath("/v3/api-docs"))
                .uri(addresses.getFirst()));
  }

  /** Returns one address if something else balances the load, or those of all replicas. */
  private static List<URI> addresses(String service, Environment settings) {
    URI[] configured =
        settings.getProperty("plumbline.services." + service + ".url", URI[].class, new URI[0]);
    return List.of(configured);
  }
}
