package io.plumbline.platform.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxReachabilityTests {

  @Test
  void a_handler_that_can_never_append_an_event_is_found_without_being_called() {
    List<String> broken =
        methods()
            .that(OutboxReachability.areGovernedWrites())
            .should(OutboxReachability.reachTheOutbox())
            .evaluate(new ClassFileImporter().importPackages("io.plumbline.sample"))
            .getFailureReport()
            .getDetails();

    assertThat(broken)
        .map(each -> each.replaceFirst(".*NoteController\\.(\\w+)\\(.*", "$1"))
        .containsExactlyInAnyOrder("createSilentNote", "checkGate", "testFailure");
  }
}
