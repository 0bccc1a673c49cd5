package io.plumbline.demo.helpdesk;

import io.plumbline.demo.api.ApiResponse;
import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.driver.ApplicationDriver;
import io.plumbline.demo.step.DemoContext;
import io.plumbline.demo.step.Step;
import java.util.HashMap;
import java.util.Map;

/**
 * A step that connects a language model of the user's own and asks it something. It comes first, so
 * that nothing has been made when the address, the key or the name is wrong.
 */
public final class ConnectModelStep implements Step {

  private final OwnModel own;

  public ConnectModelStep(OwnModel own) {
    this.own = own;
  }

  @Override
  public String title() {
    return "Connect your own language model, and its judge";
  }

  @Override
  public void run(DemoContext demo) {
    connect(demo, OwnModel.PROVIDER, OwnModel.MODEL_VARIABLE, own.model());
    if (own.isJudgeElsewhere()) {
      connect(demo, OwnModel.JUDGE_PROVIDER, OwnModel.JUDGE_VARIABLE, own.judge());
    }
    ModelPrice price = own.price();
    if (price != null) {
      listInCatalogue(demo, price);
    }
    requireAnswer(demo, own.name(), OwnModel.MODEL_VARIABLE);
    if (!own.judgesItself()) {
      requireAnswer(demo, own.judgeName(), OwnModel.JUDGE_VARIABLE);
    }
  }

  /**
   * Connects the endpoint. Another run may have connected it, to the same address or another one.
   */
  private static void connect(
      DemoContext demo, String provider, String variable, ModelEndpoint endpoint) {
    ApiResponse connected = createOrUpdateProvider(demo, provider, endpoint);
    if (connected.status() >= 300) {
      throw new StepFailed(
          "The endpoint of %s cannot be connected: %s"
              .formatted(variable, connected.json().at("/detail").asString(connected.toString())));
    }
    demo.check(true, "%s is the provider %s".formatted(endpoint.baseUrl(), provider));
  }

  private static ApiResponse createOrUpdateProvider(
      DemoContext demo, String provider, ModelEndpoint endpoint) {
    Map<String, Object> address = new HashMap<>();
    address.put("baseUrl", endpoint.baseUrl());
    String key = endpoint.key();
    if (key != null) {
      address.put("apiKey", key);
    }
    String path = "/api/providers/" + provider;
    if (demo.root.get(path).status() != 200) {
      address.put("name", provider);
      address.put("kind", "openai-compatible");
      return demo.root.post("/api/providers", address);
    }
    ApiResponse connected = demo.root.post(path + "/connections", address);
    if (connected.status() != 409) {
      return connected;
    }
    if (key == null) {
      return demo.root.get(path);
    }
    return demo.root.put(path + "/api-key", Map.of("apiKey", key));
  }

  private void listInCatalogue(DemoContext demo, ModelPrice price) {
    ApiResponse listed = demo.ada.post("/api/base-models", price.listingRequest(own.name()));
    if (listed.status() == 409) {
      demo.log.print(own.name() + " is in the catalogue already, and its price there applies");
    } else {
      listed.expect(201);
      demo.log.print("%s is in the catalogue; ben approves its price".formatted(own.name()));
    }
    ApplicationDriver.approvePrices(demo.ben, own.name());
  }

  private static void requireAnswer(DemoContext demo, String model, String variable) {
    ApiResponse apiResponse = ApplicationDriver.ask(demo.ada, model, "Say hello in one word.");
    if (apiResponse.status() != 200) {
      throw new StepFailed(
          "%s does not answer: %s%s"
              .formatted(
                  model,
                  apiResponse.json().at("/error/message").asString(apiResponse.toString()),
                  keyHint(apiResponse, variable)));
    }
    demo.recordChange();
    demo.check(true, model + " answers");
  }

  private static String keyHint(ApiResponse refusal, String variable) {
    if (refusal.json().at("/error/code").asString("").equals("provider_refused_key")) {
      return " The key comes from %s: correct it there and start the demo again."
          .formatted(OwnModel.keyVariable(variable));
    }
    return "";
  }
}
