package io.plumbline.datasetregistry;

import io.plumbline.platform.lifecycle.ServiceProcess;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.sensitivedata.SensitiveScanner;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The dataset registry as a process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DatasetRegistryApplication {

  public static void main(String[] arguments) {
    ServiceProcess.run(DatasetRegistryApplication.class, arguments);
  }

  /**
   * @param region whose telephone numbers are recognised without a country code
   */
  @Bean
  SensitiveScanner sensitiveScanner(@Value("${plumbline.privacy.phone-region:US}") String region) {
    return new SensitiveScanner(region);
  }

  @Bean
  PolicyEngine policyEngine() {
    return new PolicyEngine();
  }
}
