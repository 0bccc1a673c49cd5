package io.plumbline.inference;

import io.plumbline.platform.lifecycle.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Composes variants, releases them through gates, and serves them. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class InferenceApplication {

  public static void main(String[] arguments) {
    ServiceProcess.run(InferenceApplication.class, arguments);
  }
}
