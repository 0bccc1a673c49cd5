package io.plumbline.gateway.route;

import java.io.IOException;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The page at {@code /api/docs} that shows every service's API description, with a console to try
 * it. The page is public like the portal's files; the descriptions need a token or a session like
 * everything else of a service.
 */
@Configuration(proxyBeanMethods = false)
class ApiDocs {

  private static final String PATH = "/api/docs";
  private static final String SWAGGER_UI = "classpath:META-INF/resources/webjars/swagger-ui/*/";

  /**
   * A service in the page's list.
   *
   * @param openapi the path of its description
   * @param deadLetters the path of its dead letters, as seen from outside
   */
  record DescribedService(String name, String openapi, String deadLetters) {}

  @Bean
  RouterFunction<ServerResponse> apiDocsPage(Environment settings) throws IOException {
    List<DescribedService> services =
        Routes.SERVICES.stream()
            .map(Routes.Service::name)
            .filter(name -> settings.containsProperty("plumbline.services." + name + ".url"))
            .sorted()
            .map(name ->
                new DescribedService(
                    name,
                    Routes.pathOfService(name, "openapi"),
                    Routes.pathOfService(name, "dead-letters")))
            .toList();
    return RouterFunctions.route()
        .GET(
            PATH,
            request ->
                ServerResponse.ok()
                    .contentType(MediaType.TEXT_HTML)
                    .cacheControl(CacheControl.noCache())
                    .bodyValue(new ClassPathResource("docs/index.html")))
        .GET(PATH + "/services", request -> ServerResponse.ok().bodyValue(services))
        .resource(RequestPredicates.GET(PATH + "/docs.js"), new ClassPathResource("docs/docs.js"))
        .resource(RequestPredicates.GET(PATH + "/docs.css"), new ClassPathResource("docs/docs.css"))
        .resource(
            RequestPredicates.GET(PATH + "/swagger-ui.css"), findSwaggerUiFile("swagger-ui.css"))
        .resource(
            RequestPredicates.GET(PATH + "/swagger-ui-bundle.js"),
            findSwaggerUiFile("swagger-ui-bundle.js"))
        .build();
  }

  /** Finds a file of Swagger UI, since the folder of a webjar carries its version. */
  private static Resource findSwaggerUiFile(String file) throws IOException {
    return new PathMatchingResourcePatternResolver().getResources(SWAGGER_UI + file)[0];
  }
}
