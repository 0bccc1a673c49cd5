package io.plumbline.training;

import io.plumbline.platform.lifecycle.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Training as a process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TrainingApplication {

  public static void main(String[] arguments) {
    ServiceProcess.run(TrainingApplication.class, arguments);
  }
}
