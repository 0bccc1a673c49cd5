package io.plumbline.docs;

import io.plumbline.docs.Dependencies.Dependency;
import java.util.List;

/** The table of everything that is shipped and is not ours, with its licences. */
final class DependenciesPage {

  private static final int PROGRAMS = 10;

  private static final String HEAD =
      """
      # Dependencies

      Generated from the bills of materials that the build puts into each program,
      `META-INF/sbom/application.cdx.json` (CycloneDX), and from the portal's lock file; `infra/docs` fails when it is
      not current and says how to renew it, and when a component has no licence that permits shipping it. With
      PostgreSQL (PostgreSQL licence) and Keycloak (Apache-2.0) it is what `./plumbline up` runs. The build knows no
      list of vulnerabilities: give a bill of materials to a scanner that does, such as `osv-scanner`.

      | Component | Version | Licences, any of | Carried by |
      |---|---|---|---|
      """;

  private DependenciesPage() {}

  static String text(List<Dependency> dependencies) {
    StringBuilder page = new StringBuilder(HEAD.replace("\r\n", "\n"));
    for (Dependency each : dependencies) {
      page.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  each.name(),
                  each.version(),
                  String.join(", ", each.licences()),
                  each.usedBy().size() == PROGRAMS ? "all" : String.join(", ", each.usedBy())));
    }
    return page.toString();
  }
}
