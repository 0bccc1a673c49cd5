package io.plumbline.training;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Training as a process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TrainingApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(TrainingApplication.class, arguments);
  }
}
