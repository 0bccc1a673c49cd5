"""dspy: its language model, programs made of signatures, and its embedder."""

import dspy

from calls import CLOSED, EMBEDDINGS, OPEN, ORDER, TOO_LONG, refusal, report

# Base URL and key come from the environment.
lm = dspy.LM("openai/" + OPEN, cache=False, num_retries=0)
closed = dspy.LM("openai/" + CLOSED, cache=False, num_retries=0)
dspy.configure(lm=lm)


def predict(**context):
    with dspy.context(**context):
        return dspy.Predict("question -> city")(question="Where?").city


def find_order(number: int) -> str:
    """Finds an order by its number."""
    return ORDER


report("LM", lm("Hello"))
report("Predict", predict())
report("Predict by a schema", predict(adapter=dspy.JSONAdapter()))
report("ReAct", dspy.ReAct("question -> city", tools=[find_order])(question="Where is order 4711?").city)
report("Embedder", [len(v) for v in dspy.Embedder("openai/" + EMBEDDINGS, caching=False)(["one", "two"])])
report("too long", refusal(dspy.ContextWindowExceededError, lambda: lm(TOO_LONG)))
report("LM, nothing allowed", closed("Hello"))
report("Predict, nothing allowed", refusal(dspy.LMError, lambda: predict(lm=closed)))
responses = dspy.LM("openai/" + OPEN, model_type="responses", cache=False, num_retries=0)
report("responses", refusal(dspy.LMError, lambda: responses("Hello")))
