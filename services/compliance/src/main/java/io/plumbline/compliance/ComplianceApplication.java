package io.plumbline.compliance;

import io.plumbline.platform.lifecycle.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service that keeps ledger, policies, approvals and risks. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ComplianceApplication {

  public static void main(String... arguments) {
    ServiceProcess.run(ComplianceApplication.class, arguments);
  }
}
