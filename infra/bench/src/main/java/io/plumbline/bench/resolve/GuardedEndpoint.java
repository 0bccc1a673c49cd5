package io.plumbline.bench.resolve;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The constant endpoint behind all that the platform puts before each of its endpoints; run in a
 * process of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ConstantController.class)
public class GuardedEndpoint {

  public static void main(String... arguments) {
    SpringApplication.run(GuardedEndpoint.class, arguments);
  }
}
