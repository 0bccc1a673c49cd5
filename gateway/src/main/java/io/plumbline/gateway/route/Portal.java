package io.plumbline.gateway.route;

import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Serves the portal's files. Every path that a person may open shows the same page, so that deep
 * links work.
 */
@Configuration(proxyBeanMethods = false)
public class Portal {

  private static final Resource PAGE = new ClassPathResource("portal/index.html");
  private static final List<String> NOT_PAGES =
      List.of(
          "/api/", "/v1/", "/session", "/logout", "/oauth2/", "/login/", "/actuator/", "/assets/");

  /** Returns whether a browser requests a page of the portal. */
  public static boolean isNavigation(ServerHttpRequest request) {
    String path = request.getPath().value();
    boolean html =
        request.getHeaders().getAccept().stream()
            .anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
    return HttpMethod.GET.equals(request.getMethod())
        && html
        && NOT_PAGES.stream().noneMatch(path::startsWith);
  }

  @Bean
  RouterFunction<ServerResponse> portalFiles() {
    return RouterFunctions.route()
        .resources(
            "/assets/**",
            new ClassPathResource("portal/assets/"),
            // Vite names these files by their content, so they can be cached for long.
            (resource, headers) ->
                headers.setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic()))
        .resource(RequestPredicates.GET("/theme.js"), new ClassPathResource("portal/theme.js"))
        .resource(
            RequestPredicates.GET("/favicon.svg"), new ClassPathResource("portal/favicon.svg"))
        .GET(
            RequestPredicates.GET("/**")
                .and(request -> isNavigation(request.exchange().getRequest())),
            request ->
                ServerResponse.ok()
                    .contentType(MediaType.TEXT_HTML)
                    .cacheControl(CacheControl.noCache())
                    .bodyValue(PAGE))
        .build();
  }
}
