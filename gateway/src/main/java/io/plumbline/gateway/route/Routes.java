package io.plumbline.gateway.route;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Which service answers which path. */
@Configuration(proxyBeanMethods = false)
class Routes {

  static final Map<String, List<String>> PATHS =
      Map.of(
          "strategy", List.of("/api/applications/**", "/api/cost-models/**"),
          "prompt-registry",
              List.of("/api/prompts/**", "/api/prompt-versions/**", "/api/lint-rules/**"),
          "dataset-registry", List.of("/api/datasets/**"),
          "training", List.of("/api/training-jobs/**", "/api/sweeps/**"),
          "model-registry", List.of("/api/base-models/**", "/api/models/**"),
          "evaluation",
              List.of(
                  "/api/suites/**",
                  "/api/runs/**",
                  "/api/baselines/**",
                  "/api/comparisons/**",
                  "/api/verdicts/**",
                  "/api/gates/**",
                  "/api/guards/**"),
          "inference",
              List.of(
                  "/v1/**",
                  "/api/providers/**",
                  "/api/indexes/**",
                  "/api/variants/**",
                  "/api/releases/**",
                  "/api/feedback/**"),
          "compliance",
              List.of(
                  "/api/ledger/**",
                  "/api/audit/**",
                  "/api/policies/**",
                  "/api/policy-targets/**",
                  "/api/approvals/**",
                  "/api/risks/**",
                  "/api/people/**"));

  @Bean
  RouteLocator routesToServices(RouteLocatorBuilder builder, Environment settings) {
    RouteLocatorBuilder.Builder routes = builder.routes();
    PATHS.forEach((service, paths) -> {
      URI address = settings.getProperty("plumbline.services." + service + ".url", URI.class);
      if (address != null) {
        routes.route(service, route -> route.path(paths.toArray(String[]::new)).uri(address));
        routes.route(
            service + "-operations",
            route ->
                route
                    .path("/api/services/" + service + "/parked-messages/**")
                    .filters(filters ->
                        filters.rewritePath("/api/services/[^/]+/(?<rest>.*)", "/api/${rest}"))
                    .uri(address));
        routes.route(
            service + "-openapi",
            route ->
                route
                    .path("/api/services/" + service + "/openapi")
                    .filters(filters -> filters.setPath("/v3/api-docs"))
                    .uri(address));
      }
    });
    return routes.build();
  }
}
