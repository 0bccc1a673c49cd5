package io.plumbline.bench.resolve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An endpoint that always answers the same bytes. It checks the role only where method security is
 * switched on.
 */
@RestController
class ConstantController {

  static final String PATH = "/api/constant";

  private final byte[] answer;

  ConstantController(@Value("${bench.answer}") String file) throws IOException {
    this.answer = Files.readAllBytes(Path.of(file));
  }

  @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
  @PreAuthorize("hasRole('VIEWER')")
  byte[] answer() {
    return answer;
  }
}
