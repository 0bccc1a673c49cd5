package io.plumbline.demo.step;

/** One step of the demo: it works through the API, and fails when an answer is not as required. */
public interface Step {

  String title();

  void run(DemoContext demo);
}
