package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Money;
import io.plumbline.inference.usage.Usage;
import io.plumbline.inference.usage.UsageMeter;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.Workspaces;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

class UsageTests extends InferenceTest {

  @Autowired AutowireCapableBeanFactory beans;

  @Test
  void usage_that_is_not_yet_written_is_written_at_shutdown() throws Exception {
    String model = "model-" + Ids.next();
    UsageMeter meter = beans.createBean(UsageMeter.class);
    meter.count(
        new Usage(Workspaces.ACME, null, null, model, false, false, 3, 4, Money.usd("0.01")));

    beans.destroyBean(meter);

    try (Connection connection = EmbeddedServers.superuser("inference");
        PreparedStatement sql =
            connection.prepareStatement(
                "SELECT requests, input_tokens, output_tokens FROM usage_minute WHERE model = ?")) {
      sql.setString(1, model);
      ResultSet row = sql.executeQuery();
      assertThat(row.next()).isTrue();
      assertThat(new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
          .containsExactly(1, 3, 4);
    }
  }
}
