package io.plumbline.compliance;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service that keeps ledger, policies, approvals and risks. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ComplianceApplication {

  public static void main(String... arguments) {
    SpringApplication.run(ComplianceApplication.class, arguments);
  }
}
