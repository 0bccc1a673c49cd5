package io.plumbline.modelregistry;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The model registry as a process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ModelRegistryApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(ModelRegistryApplication.class, arguments);
  }
}
