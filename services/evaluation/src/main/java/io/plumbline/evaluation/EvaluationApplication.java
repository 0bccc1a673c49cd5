package io.plumbline.evaluation;

import io.plumbline.platform.lifecycle.ServiceProcess;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The process of the evaluation service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableConfigurationProperties(SensitiveDataSettings.class)
public class EvaluationApplication {

  public static void main(String[] arguments) {
    ServiceProcess.run(EvaluationApplication.class, arguments);
  }
}
