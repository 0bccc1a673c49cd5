package io.plumbline.datasetregistry;

import io.plumbline.datasetregistry.privacy.SensitiveScanner;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the dataset registry. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DatasetRegistryApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(DatasetRegistryApplication.class, arguments);
  }

  /**
   * @param region whose telephone numbers are recognised without country code
   */
  @Bean
  SensitiveScanner sensitiveScanner(@Value("${plumbline.privacy.phone-region:US}") String region) {
    return new SensitiveScanner(region);
  }
}
