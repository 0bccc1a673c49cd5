package io.plumbline.bench.resolve;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.MultipartAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The constant endpoint on Spring MVC and nothing else, run in a process of its own. Its
 * configuration is listed here, since the class path holds all that the platform's services are
 * made of.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
  PropertyPlaceholderAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
      HttpEncodingAutoConfiguration.class,
  MultipartAutoConfiguration.class, TomcatServletWebServerAutoConfiguration.class,
      DispatcherServletAutoConfiguration.class,
  WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class
})
@Import(ConstantController.class)
public class BareEndpoint {

  public static void main(String... arguments) {
    SpringApplication.run(BareEndpoint.class, arguments);
  }
}
