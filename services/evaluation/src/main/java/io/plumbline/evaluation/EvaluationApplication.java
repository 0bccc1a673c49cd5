package io.plumbline.evaluation;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Evaluation as a process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class EvaluationApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(EvaluationApplication.class, arguments);
  }
}
