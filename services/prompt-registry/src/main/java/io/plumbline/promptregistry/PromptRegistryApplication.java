package io.plumbline.promptregistry;

import io.plumbline.platform.lifecycle.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The prompt registry as a process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class PromptRegistryApplication {

  public static void main(String[] arguments) {
    ServiceProcess.run(PromptRegistryApplication.class, arguments);
  }
}
