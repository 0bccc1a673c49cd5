package io.plumbline.platform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

  private static final JavaClasses PLATFORM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.plumbline.platform");

  @Test
  void packages_form_no_cycle() {
    SlicesRuleDefinition.slices()
        .matching("io.plumbline.platform.(*)..")
        .should()
        .beFreeOfCycles()
        .because("two packages that need each other are one package")
        .check(PLATFORM);
  }

  @Test
  void events_and_jobs_know_nothing_of_http() {
    noClasses()
        .that()
        .resideInAnyPackage("..event..", "..job..", "..identity..", "..data..", "..blob..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.plumbline.platform.web..",
            "io.plumbline.platform.problem..",
            "org.springframework.web..")
        .because("the HTTP API is an edge: what it stands on works without it")
        .check(PLATFORM);
  }
}
