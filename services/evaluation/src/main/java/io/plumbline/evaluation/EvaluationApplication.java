package io.plumbline.evaluation;

import io.plumbline.platform.lifecycle.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Evaluation as a process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class EvaluationApplication {

  public static void main(String[] arguments) {
    ServiceProcess.run(EvaluationApplication.class, arguments);
  }
}
