package io.plumbline.strategy.assessment;

import io.plumbline.strategy.Approach;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The diagnostic tree, which leads from performance gap, specificity, data and resources to the
 * approach to begin with. It prefers the simpler approach unless the answers force the more
 * expensive one: without a gap there is nothing to gain, and without data nothing to train on.
 */
final class DecisionTree {

  private sealed interface Node {

    /** A question with the node that follows each answer. */
    record Branch(Question question, Map<String, Node> by) implements Node {}

    /** The end of a path. */
    record Leaf(Approach approach, String because) implements Node {}
  }

  private static final Node ROOT =
      branch(
          Question.PERFORMANCE_GAP,
          leaf(
              Approach.PROMPT_ENGINEERING,
              "the target is met already; keep the simplest approach and its baseline"),
          branchBySpecificity(
              leaf(
                  Approach.PROMPT_ENGINEERING,
                  "a general model comes close; better instructions and examples close the rest"),
              branchByData(
                  leaf(
                      Approach.PROMPT_ENGINEERING,
                      "there is nothing yet to retrieve from; collect material while prompting"),
                  leaf(Approach.RAG, "the missing knowledge can be given with each request"),
                  leaf(Approach.RAG, "the missing knowledge can be given with each request")),
              branchByData(
                  leaf(
                      Approach.PROMPT_ENGINEERING,
                      "there are no examples of the special judgement yet; describe it and collect"
                          + " some"),
                  leaf(Approach.RAG, "the few examples do most good beside each request"),
                  leaf(
                      Approach.RAG,
                      "a small gap is closed by retrieved examples without training"))),
          branchBySpecificity(
              branchByData(
                  leaf(
                      Approach.PROMPT_ENGINEERING,
                      "without examples nothing more expensive can be trained or measured"),
                  leaf(Approach.PROMPT_ENGINEERING, "few examples serve best inside the prompt"),
                  branchByResources(
                      leaf(
                          Approach.PROMPT_ENGINEERING,
                          "training is out of reach; use the examples in the prompt"),
                      leaf(
                          Approach.FINE_TUNING, "a large gap, enough examples and people to train"),
                      leaf(
                          Approach.FINE_TUNING,
                          "a large gap, enough examples and people to train"))),
              branchByData(
                  leaf(
                      Approach.PROMPT_ENGINEERING,
                      "there is nothing yet to retrieve from; collect material while prompting"),
                  leaf(Approach.RAG, "the missing knowledge can be given with each request"),
                  branchByResources(
                      leaf(Approach.RAG, "knowledge first; training is out of reach"),
                      leaf(Approach.RAG, "knowledge first; train only if that misses"),
                      leaf(
                          Approach.HYBRID,
                          "knowledge by retrieval and judgement by training, and the means for"
                              + " both"))),
              branchByData(
                  leaf(
                      Approach.PROMPT_ENGINEERING,
                      "there are no examples of the special judgement yet; describe it and collect"
                          + " some"),
                  leaf(Approach.RAG, "the few examples do most good beside each request"),
                  branchByResources(
                      leaf(
                          Approach.RAG,
                          "retrieved examples teach without training, which is out of reach"),
                      leaf(Approach.FINE_TUNING, "special judgement, a large gap, enough examples"),
                      leaf(
                          Approach.HYBRID,
                          "special judgement, a large gap, enough examples, and the means for"
                              + " both")))));

  private DecisionTree() {}

  static Diagnosis diagnose(Map<Question, String> answers) {
    List<Diagnosis.Step> path = new ArrayList<>();
    Node node = ROOT;
    while (node instanceof Node.Branch branch) {
      String answer = answers.getOrDefault(branch.question(), "");
      path.add(new Diagnosis.Step(branch.question(), answer));
      Node next = branch.by().get(answer);
      if (next == null) {
        throw new IllegalArgumentException(
            branch.question() + " does not have the answer '" + answer + "'");
      }
      node = next;
    }
    Node.Leaf end = (Node.Leaf) node;
    return new Diagnosis(end.approach(), path, end.because());
  }

  /** Returns every change of one answer that leads to another approach, the smallest first. */
  static List<Diagnosis.Flip> decisiveAnswerChanges(Map<Question, String> answers) {
    Approach now = diagnose(answers).approach();
    List<Diagnosis.Flip> flips = new ArrayList<>();
    for (Question question : Question.values()) {
      String given = answers.getOrDefault(question, "");
      for (String other : question.answers()) {
        Map<Question, String> changed = new EnumMap<>(answers);
        changed.put(question, other);
        Approach then = diagnose(changed).approach();
        if (then != now) {
          flips.add(
              new Diagnosis.Flip(
                  question, given, other, then, question.stepsBetween(given, other)));
        }
      }
    }
    flips.sort((one, another) -> Integer.compare(one.steps(), another.steps()));
    return flips;
  }

  private static Node branchBySpecificity(Node general, Node knowledge, Node specialised) {
    return branch(Question.SPECIFICITY, general, knowledge, specialised);
  }

  private static Node branchByData(Node none, Node limited, Node abundant) {
    return branch(Question.DATA_AVAILABILITY, none, limited, abundant);
  }

  private static Node branchByResources(Node limited, Node moderate, Node ample) {
    return branch(Question.RESOURCES, limited, moderate, ample);
  }

  private static Node branch(Question question, Node first, Node second, Node third) {
    return new Node.Branch(
        question,
        Map.of(
            question.answers().get(0),
            first,
            question.answers().get(1),
            second,
            question.answers().get(2),
            third));
  }

  private static Node leaf(Approach approach, String because) {
    return new Node.Leaf(approach, because);
  }
}
