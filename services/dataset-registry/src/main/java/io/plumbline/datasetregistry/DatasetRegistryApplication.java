package io.plumbline.datasetregistry;

import io.plumbline.platform.lifecycle.ServiceProcess;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import io.plumbline.sensitivedata.SensitiveScanners;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The dataset registry as a process. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableConfigurationProperties(SensitiveDataSettings.class)
public class DatasetRegistryApplication {

  public static void main(String[] arguments) {
    ServiceProcess.run(DatasetRegistryApplication.class, arguments);
  }

  @Bean
  SensitiveScanners sensitiveScanners(SensitiveDataSettings settings) {
    return new SensitiveScanners(settings);
  }

  @Bean
  PolicyEngine policyEngine() {
    return new PolicyEngine();
  }
}
