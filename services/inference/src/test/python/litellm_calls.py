"""litellm: one function for all providers; here the provider is OpenAI, at another address."""

import litellm
from pydantic import BaseModel

from calls import CLOSED, EMBEDDINGS, OPEN, ORDER, TOO_LONG, refusal, report

# Keeps litellm from printing advice on each error.
litellm.suppress_debug_info = True

HELLO = [{"role": "user", "content": "Hello"}]
BRIEF = [{"role": "system", "content": "Be brief."}, *HELLO]
WHERE = [{"role": "user", "content": "Where?"}]
TOOL = {
    "type": "function",
    "function": {
        "name": "find_order",
        "parameters": {"type": "object", "properties": {"number": {"type": "integer"}}},
    },
}


class Place(BaseModel):
    city: str


def ask(model, messages, **more):
    # Base URL and key come from the environment.
    answer = litellm.completion(model="openai/" + model, messages=messages, max_retries=0, **more)
    return answer.choices[0].message.content


def stream():
    chunks = list(
        litellm.completion(
            model="openai/" + OPEN, messages=HELLO, stream=True, stream_options={"include_usage": True}
        )
    )
    parts = [choice.delta.content for chunk in chunks for choice in chunk.choices if choice.delta.content]
    return {"parts": len(parts), "text": "".join(parts), "tokens": chunks[-1].usage.total_tokens}


def use_tool(model):
    messages = [{"role": "user", "content": "Where is order 4711?"}]
    asked = litellm.completion(model="openai/" + model, messages=messages, tools=[TOOL]).choices[0].message
    call = asked.tool_calls[0]
    messages += [asked, {"role": "tool", "tool_call_id": call.id, "content": ORDER}]
    return {"asked": call.function.arguments, "said": ask(model, messages, tools=[TOOL])}


def embed():
    answer = litellm.embedding(model="openai/" + EMBEDDINGS, input=["one", "two"], encoding_format="float")
    return [len(each["embedding"]) for each in answer.data]


report("completion", ask(OPEN, BRIEF, temperature=0.9))
report("stream", stream())
report("typed", ask(OPEN, WHERE, response_format=Place))
report("tools", use_tool(OPEN))
report("embeddings", embed())

report(
    "too long",
    refusal(litellm.ContextWindowExceededError, lambda: ask(OPEN, [{"role": "user", "content": TOO_LONG}])),
)
report("completion, nothing allowed", ask(CLOSED, HELLO, temperature=0.9))
report("typed, nothing allowed", ask(CLOSED, WHERE, response_format=Place))
report("system, nothing allowed", refusal(litellm.BadRequestError, lambda: ask(CLOSED, BRIEF)))
report("tools, nothing allowed", refusal(litellm.BadRequestError, lambda: use_tool(CLOSED)))

report(
    "responses",
    refusal(litellm.NotFoundError, lambda: litellm.responses(model="openai/" + OPEN, input="Hello")),
)
