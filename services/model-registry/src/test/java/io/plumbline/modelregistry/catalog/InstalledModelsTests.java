package io.plumbline.modelregistry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.Workspaces;
import io.plumbline.platform.web.PageRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PlumblineTest
class InstalledModelsTests {

  @Autowired InstalledModels installed;
  @Autowired BaseModelCatalog catalog;

  @Test
  void a_second_start_changes_nothing() throws Exception {
    await().atMost(Duration.ofSeconds(60)).until(() -> local(), found -> found.size() == 5);
    List<BaseModelCatalog.Entry> before = local();
    installed.registerAll();
    assertThat(local()).isEqualTo(before);
  }

  private List<BaseModelCatalog.Entry> local() throws Exception {
    return Caller.system(Workspaces.ACME)
        .call(() ->
            catalog.page(new PageRequest(100, null)).items().stream()
                .filter(entry -> entry.listing().name().provider().equals("local"))
                .toList());
  }
}
