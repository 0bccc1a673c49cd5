package io.plumbline.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Marks a test class whose methods together read every GET operation of the service, successfully
 * and through {@link TestClient}, which checks each answer against the API description. The class
 * fails when an operation was not read.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(CoversEveryRead.Coverage.class)
public @interface CoversEveryRead {

  /** Counts the operations that the class reads. */
  final class Coverage implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
      application(context).getBean(OpenApiResponseCheck.class).resetReadCoverage();
    }

    @Override
    public void afterAll(ExtensionContext context) {
      OpenApiResponseCheck check = application(context).getBean(OpenApiResponseCheck.class);
      assertThat(check.unansweredReads())
          .as("GET operations that %s did not read", context.getDisplayName())
          .isEmpty();
    }

    private static ApplicationContext application(ExtensionContext context) {
      return SpringExtension.getApplicationContext(context);
    }
  }
}
