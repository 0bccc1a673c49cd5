package io.plumbline.inference;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Composes variants, releases them through gates, and serves them. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class InferenceApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(InferenceApplication.class, arguments);
  }
}
