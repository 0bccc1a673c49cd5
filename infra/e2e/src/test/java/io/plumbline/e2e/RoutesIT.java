package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.api.ApiUser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Calls every route that the running applications name, through the gateway. */
@ExtendWith(Platform.class)
@Isolated("It asks as often as one address may.")
class RoutesIT {

  @Test
  void none_is_open_without_a_valid_token() {
    ApiUser ada = Platform.user("ada");
    List<Api.Route> routes = Api.routes(ada);
    String tampered = ada.token().substring(0, ada.token().length() - 8) + "AAAAAAAA";

    assertThat(routes).hasSizeGreaterThan(80);
    for (Api.Route route : routes) {
      String path = route.path().replaceAll("\\{[^}]*}", "1");
      assertThat(Api.send(route.method(), path, null, null).statusCode())
          .as("%s without a token", route)
          .isIn(401, 403);
      assertThat(Api.send(route.method(), path, tampered, null).statusCode())
          .as("%s with a tampered token", route)
          .isEqualTo(401);
    }
    System.out.println(routes.size() + " routes refused a missing and a tampered token");
  }
}
