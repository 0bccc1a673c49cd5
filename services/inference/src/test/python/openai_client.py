"""openai-python: what an application does with OpenAI's own client."""

import asyncio
from typing import Literal

import openai
from pydantic import BaseModel, ValidationError

from calls import CHOICE, CLOSED, EMBEDDINGS, OPEN, ORDER, TOO_LONG, refusal, report

# Base URL and key come from the environment.
client = openai.OpenAI(max_retries=0)

HELLO = [{"role": "user", "content": "Hello"}]
BRIEF = [{"role": "system", "content": "Be brief."}, *HELLO]
WHERE = [{"role": "user", "content": "Where?"}]


class Place(BaseModel):
    city: str


class Topic(BaseModel):
    topic: Literal["sports", "politics"]


class FindOrder(BaseModel):
    """By its number."""

    number: int


def ask(model, messages, **more):
    answer = client.chat.completions.create(model=model, messages=messages, **more)
    return answer.choices[0].message.content


def stream():
    chunks = list(
        client.chat.completions.create(
            model=OPEN, messages=HELLO, stream=True, stream_options={"include_usage": True}
        )
    )
    parts = [choice.delta.content for chunk in chunks for choice in chunk.choices if choice.delta.content]
    return {"parts": len(parts), "text": "".join(parts), "tokens": chunks[-1].usage.total_tokens}


def stream_helper():
    with client.chat.completions.stream(model=OPEN, messages=WHERE, response_format=Place) as events:
        kinds = sorted({event.type for event in events})
        return {"events": kinds, "parsed": events.get_final_completion().choices[0].message.parsed.model_dump()}


async def asynchronous():
    async with openai.AsyncOpenAI(max_retries=0) as other:
        answer = await other.chat.completions.create(model=OPEN, messages=HELLO)
        return answer.choices[0].message.content


def parse(model):
    answer = client.chat.completions.parse(model=model, messages=WHERE, response_format=Place)
    return answer.choices[0].message.parsed.model_dump()


def choose():
    answer = client.chat.completions.parse(
        model=CHOICE,
        messages=[{"role": "user", "content": "The team won the cup after penalties"}],
        response_format=Topic,
        logprobs=True,
    )
    [choice] = answer.choices
    options = choice.logprobs.content[0].top_logprobs
    return {"parsed": choice.message.parsed.model_dump(), "options": len(options)}


def use_tool():
    messages = [{"role": "user", "content": "Where is order 4711?"}]
    answer = client.chat.completions.parse(
        model=OPEN, messages=messages, tools=[openai.pydantic_function_tool(FindOrder, name="find_order")]
    )
    asked = answer.choices[0].message
    call = asked.tool_calls[0]
    messages += [asked, {"role": "tool", "tool_call_id": call.id, "content": ORDER}]
    return {"asked": call.function.parsed_arguments.model_dump(), "said": ask(OPEN, messages)}


def embed(**more):
    answer = client.embeddings.create(model=EMBEDDINGS, input=["one", "two"], **more)
    return [len(each.embedding) for each in answer.data]


def ignored():
    """Returns the header that lists the fields of a call that the variant overrides."""
    answer = client.chat.completions.with_raw_response.create(
        model=CLOSED, messages=HELLO, temperature=0.9, response_format={"type": "json_object"}
    )
    return {"ignored": answer.headers["x-plumbline-ignored"], "said": answer.parse().choices[0].message.content}


report("models", sorted(model.id for model in client.models.list()))
report("chat", ask(OPEN, BRIEF, temperature=0.9))
report("developer", ask(OPEN, [{"role": "developer", "content": "Be brief."}, *HELLO]))
report("stream", stream())
report("stream helper", stream_helper())
report("async", asyncio.run(asynchronous()))
report("parse", parse(OPEN))
report("json mode", ask(OPEN, WHERE, response_format={"type": "json_object"}))
report("choice with logprobs", choose())
report("tools", use_tool())
# The client asks for base64 by default.
report("embeddings", embed())
report("embeddings as floats", embed(encoding_format="float"))

report("chat, nothing allowed", ask(CLOSED, HELLO, temperature=0.9))
report("ignored, nothing allowed", ignored())
report("parse, nothing allowed", refusal(ValidationError, lambda: parse(CLOSED)))
report("system, nothing allowed", refusal(openai.BadRequestError, lambda: ask(CLOSED, BRIEF)))
report(
    "tools, nothing allowed",
    refusal(
        openai.BadRequestError,
        lambda: ask(CLOSED, HELLO, tools=[openai.pydantic_function_tool(FindOrder)]),
    ),
)

report(
    "too long",
    refusal(openai.BadRequestError, lambda: ask(OPEN, [{"role": "user", "content": TOO_LONG}])),
)
report("no free text", refusal(openai.BadRequestError, lambda: ask(CHOICE, HELLO)))
report("out of scope", refusal(openai.PermissionDeniedError, lambda: ask("app/other", HELLO)))
report(
    "responses",
    refusal(openai.NotFoundError, lambda: client.responses.create(model=OPEN, input="Hello")),
)
report(
    "responses parse",
    refusal(
        openai.NotFoundError,
        lambda: client.responses.parse(model=OPEN, input="Where?", text_format=Place),
    ),
)
report(
    "fine-tuning",
    refusal(
        openai.NotFoundError,
        lambda: client.fine_tuning.jobs.create(model=OPEN, training_file="file-1"),
    ),
)
