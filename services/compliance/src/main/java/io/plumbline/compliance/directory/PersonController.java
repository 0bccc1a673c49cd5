package io.plumbline.compliance.directory;

import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API of the names behind the ids that services record. */
@RestController
@RequestMapping("/api/people")
class PersonController {

  private final PeopleDirectory directory;

  PersonController(PeopleDirectory directory) {
    this.directory = directory;
  }

  @Operation(summary = "Get the name of the person or service behind an actor's id")
  @GetMapping("/{actor}")
  @PreAuthorize("hasRole('VIEWER')")
  public PersonView getPerson(@PathVariable UUID actor) {
    return directory.get(actor);
  }
}
