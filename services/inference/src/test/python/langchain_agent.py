"""langchain-openai: chains, an agent with a tool, typed output."""

import openai
from langchain.agents import create_agent
from langchain_core.exceptions import ContextOverflowError, OutputParserException
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from pydantic import BaseModel, ValidationError

from calls import CLOSED, EMBEDDINGS, OPEN, ORDER, TOO_LONG, refusal, report

WHERE = "Where is order 4711?"


class Place(BaseModel):
    """A place."""

    city: str


def find_order(number: int) -> str:
    """Finds an order by its number."""
    return ORDER


# Base URL and key come from the environment.
chat = ChatOpenAI(model=OPEN, max_retries=0)
closed = ChatOpenAI(model=CLOSED, max_retries=0)


def stream():
    parts = list(chat.stream("Hello", stream_usage=True))
    text = [part.content for part in parts if part.content]
    usage = [part.usage_metadata["total_tokens"] for part in parts if part.usage_metadata]
    return {"parts": len(text), "text": "".join(text), "tokens": usage}


def run_agent(model, **more):
    agent = create_agent(model, tools=[find_order], **more)
    return agent.invoke({"messages": [{"role": "user", "content": WHERE}]})


def typed(model, method):
    return model.with_structured_output(Place, method=method).invoke("Where?").model_dump()


report("invoke", chat.invoke([("system", "Be brief."), ("user", "Hello")]).content)
report("stream", stream())
report("batch", [answer.content for answer in chat.batch(["One", "Two"])])
report("bind_tools", chat.bind_tools([find_order]).invoke(WHERE).tool_calls[0]["args"])
report("agent", [[message.type, message.content] for message in run_agent(chat)["messages"]])
report("json_schema", typed(chat, "json_schema"))
report("function_calling", typed(chat, "function_calling"))
report("json_mode", typed(chat, "json_mode"))
# Without this setting it sends token ids, and downloads an encoding to compute them.
vectors = OpenAIEmbeddings(model=EMBEDDINGS, check_embedding_ctx_length=False).embed_documents(["one", "two"])
report("embeddings", [len(vector) for vector in vectors])

report("too long", refusal(ContextOverflowError, lambda: chat.invoke(TOO_LONG)))
report("invoke, nothing allowed", closed.invoke("Hello").content)
report("agent, nothing allowed", refusal(openai.BadRequestError, lambda: run_agent(closed)))
report(
    "json_schema, nothing allowed",
    refusal((OutputParserException, ValidationError), lambda: typed(closed, "json_schema")),
)
report(
    "json_mode, nothing allowed",
    refusal((OutputParserException, ValidationError), lambda: typed(closed, "json_mode")),
)
report(
    "function_calling, nothing allowed",
    refusal(openai.BadRequestError, lambda: typed(closed, "function_calling")),
)

responses = ChatOpenAI(model=OPEN, max_retries=0, use_responses_api=True)
report("responses", refusal(openai.NotFoundError, lambda: responses.invoke("Hello")))
