package io.plumbline.bench.gateway;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

/**
 * Spring Cloud Gateway without further settings, with one route. It runs in a process of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BareGateway {

  public static void main(String... arguments) {
    new SpringApplicationBuilder(BareGateway.class).web(WebApplicationType.REACTIVE).run(arguments);
  }
}
