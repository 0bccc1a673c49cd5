package io.plumbline.modelregistry;

import io.plumbline.platform.lifecycle.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The model registry as a process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ModelRegistryApplication {

  public static void main(String[] arguments) {
    ServiceProcess.run(ModelRegistryApplication.class, arguments);
  }
}
