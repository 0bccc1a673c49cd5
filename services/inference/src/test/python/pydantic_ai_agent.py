"""pydantic-ai: agents with a tool and with typed output."""

from openai import AsyncOpenAI
from pydantic import BaseModel
from pydantic_ai import Agent, Embedder, NativeOutput, PromptedOutput
from pydantic_ai.embeddings.openai import OpenAIEmbeddingModel
from pydantic_ai.exceptions import ModelHTTPError, UnexpectedModelBehavior
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.providers.openai import OpenAIProvider

from calls import CLOSED, EMBEDDINGS, OPEN, ORDER, refusal, report

WHERE = "Where is order 4711?"

# Base URL and key come from the environment.
provider = OpenAIProvider(openai_client=AsyncOpenAI(max_retries=0))
chat = OpenAIChatModel(OPEN, provider=provider)
closed = OpenAIChatModel(CLOSED, provider=provider)
responses = OpenAIResponsesModel(OPEN, provider=provider)


class Place(BaseModel):
    city: str


def find_order(number: int) -> str:
    """Finds an order by its number."""
    return ORDER


def run(model, question, **more):
    return Agent(model, **more).run_sync(question).output


def stream():
    result = Agent(chat).run_stream_sync("Hello")
    parts = list(result.stream_text(delta=True, debounce_by=None))
    return {"parts": len(parts), "text": "".join(parts), "tokens": result.usage.total_tokens}


def embed():
    embedder = Embedder(OpenAIEmbeddingModel(EMBEDDINGS, provider=provider))
    return [len(vector) for vector in embedder.embed_documents_sync(["one", "two"]).embeddings]


def refused(kind, model, question, **more):
    return refusal(kind, lambda: run(model, question, **more))


report("run", run(chat, "Hello", instructions="Be brief."))
report("stream", stream())
report("tools", run(chat, WHERE, tools=[find_order]))
report("typed by a tool", run(chat, "Where?", output_type=Place).model_dump())
report("typed by a schema", run(chat, "Where?", output_type=NativeOutput(Place)).model_dump())
report("typed by a prompt", run(chat, "Where?", output_type=PromptedOutput(Place)).model_dump())
report("embeddings", embed())

report("run, nothing allowed", run(closed, "Hello"))
report("instructions, nothing allowed", refused(ModelHTTPError, closed, "Hello", instructions="Be brief."))
report("tools, nothing allowed", refused(ModelHTTPError, closed, WHERE, tools=[find_order]))
report("typed by a tool, nothing allowed", refused(ModelHTTPError, closed, "Where?", output_type=Place))
report(
    "typed by a schema, nothing allowed",
    refused(UnexpectedModelBehavior, closed, "Where?", output_type=NativeOutput(Place)),
)

report("responses", refused(ModelHTTPError, responses, "Hello"))
