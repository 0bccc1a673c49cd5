package io.plumbline.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.PlatformRunner;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlatformDefaultsTests {

  @Test
  void a_service_starts_with_them() {
    PlatformRunner.platform()
        .run(context ->
            assertThat(context.getEnvironment())
                .returns("127.0.0.1", environment -> environment.getProperty("server.address"))
                .returns("false", environment -> environment.getProperty("spring.jpa.open-in-view"))
                .returns(
                    "sample",
                    environment -> environment.getProperty("management.metrics.tags.service")));
  }

  /**
   * Without a word of its own Spring Boot believes them on Kubernetes, as it sees by a variable.
   */
  @Test
  void no_service_believes_a_forwarded_header() {
    StandardEnvironment environment = new StandardEnvironment();

    new PlatformDefaults().postProcessEnvironment(environment, new SpringApplication());

    assertThat(environment.getProperty("server.forward-headers-strategy")).isEqualTo("none");
  }

  @Test
  void whatever_a_service_or_an_operator_sets_goes_before_them() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("application.yaml", Map.of("server.address", "0.0.0.0")));

    new PlatformDefaults().postProcessEnvironment(environment, new SpringApplication());

    assertThat(environment.getProperty("server.address")).isEqualTo("0.0.0.0");
    assertThat(environment.getProperty("server.shutdown")).isEqualTo("graceful");
  }

  /**
   * Spring does not refuse a setting that a new version has renamed; the setting just has no effect
   * any more.
   */
  @Test
  void every_one_is_a_setting_that_somebody_reads() throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    new PlatformDefaults().postProcessEnvironment(environment, new SpringApplication());
    EnumerablePropertySource<?> defaults =
        (EnumerablePropertySource<?>)
            Objects.requireNonNull(environment.getPropertySources().get("plumblineDefaults"));
    Map<String, JsonNode> known = described();

    assertThat(defaults.getPropertyNames())
        .isNotEmpty()
        .allSatisfy(name ->
            assertThat(selfAndParents(name).map(known::get).filter(Objects::nonNull).findFirst())
                .hasValueSatisfying(setting ->
                    assertThat(setting.path("deprecation").isMissingNode())
                        .as("%s", setting)
                        .isTrue()));
  }

  /**
   * Returns a name and its parents, the longest first: {@code logging.level.org} is described as
   * {@code logging.level}.
   */
  private static Stream<String> selfAndParents(String name) {
    return Stream.iterate(
        name, each -> each.contains("."), each -> each.substring(0, each.lastIndexOf('.')));
  }

  private static Map<String, JsonNode> described() throws IOException {
    Map<String, JsonNode> known = new TreeMap<>();
    for (String file :
        new String[] {
          "additional-spring-configuration-metadata.json", "spring-configuration-metadata.json"
        }) {
      for (URL metadata :
          Collections.list(
              PlatformDefaultsTests.class.getClassLoader().getResources("META-INF/" + file))) {
        try (InputStream json = metadata.openStream()) {
          JsonMapper.shared()
              .readTree(json)
              .get("properties")
              .forEach(setting -> known.put(setting.get("name").asString(), setting));
        }
      }
    }
    return known;
  }
}
