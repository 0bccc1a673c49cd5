package io.plumbline.compliance;

import io.plumbline.compliance.witness.SignerServer;
import io.plumbline.platform.lifecycle.ServiceProcess;
import java.io.IOException;
import java.util.Arrays;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service that keeps ledger, policies, approvals and risks. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ComplianceApplication {

  private static final String SIGN = "sign";

  /** Runs the service or, with the argument {@code sign} before those of it, the signer alone. */
  public static void main(String... arguments) throws IOException {
    if (arguments.length > 1 && arguments[0].equals(SIGN)) {
      SignerServer.main(Arrays.copyOfRange(arguments, 1, arguments.length));
      return;
    }
    ServiceProcess.run(ComplianceApplication.class, arguments);
  }
}
