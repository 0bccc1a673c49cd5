package io.plumbline.demo.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetricTableTests {

  @Test
  void each_metric_is_a_row_and_what_a_run_did_not_measure_is_a_dash() {
    Map<String, JsonNode> measured = new LinkedHashMap<>();
    measured.put("reader", json("{\"token_f1\":{\"value\":0.3,\"low\":0.2,\"high\":0.4}}"));
    measured.put("own", json("{\"token_f1\":{\"value\":0.5},\"latency_p50_ms\":{\"value\":900}}"));

    assertThat(MetricTable.rows(List.of("token_f1", "latency_p50_ms"), measured))
        .containsExactly(
            "metric                 reader                     own",
            "token_f1               0.300 [0.200, 0.400]       0.500",
            "latency_p50_ms         -                          900");
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
