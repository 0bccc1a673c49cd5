package io.plumbline.strategy;

import io.plumbline.platform.lifecycle.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The strategy service as a process. */
@SpringBootApplication
public class StrategyApplication {

  public static void main(String[] arguments) {
    ServiceProcess.run(StrategyApplication.class, arguments);
  }
}
