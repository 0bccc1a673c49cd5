package io.plumbline.strategy;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The strategy service as a process. */
@SpringBootApplication
public class StrategyApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(StrategyApplication.class, arguments);
  }
}
