package io.plumbline.promptregistry;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The prompt registry as a process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class PromptRegistryApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(PromptRegistryApplication.class, arguments);
  }
}
