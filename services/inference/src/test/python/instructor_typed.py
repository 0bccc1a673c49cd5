"""instructor: typed answers in each of its modes."""

import instructor
import openai
from instructor.core.exceptions import InstructorRetryException
from pydantic import BaseModel

from calls import CLOSED, OPEN, refusal, report

WHERE = [{"role": "user", "content": "Where?"}]


class Place(BaseModel):
    city: str


def ask(model, mode, **more):
    # Base URL and key come from the environment.
    client = instructor.from_openai(openai.OpenAI(max_retries=0), mode=mode)
    return client.create(model=model, messages=WHERE, response_model=Place, max_retries=0, **more)


def stream():
    client = instructor.from_openai(openai.OpenAI(max_retries=0), mode=instructor.Mode.JSON_SCHEMA)
    parts = client.create_partial(model=OPEN, messages=WHERE, response_model=Place)
    return [part.city for part in parts][-1]


report("tools", ask(OPEN, instructor.Mode.TOOLS).model_dump())
report("json schema", ask(OPEN, instructor.Mode.JSON_SCHEMA).model_dump())
report("json", ask(OPEN, instructor.Mode.JSON).model_dump())
report("markdown", ask(OPEN, instructor.Mode.MD_JSON).model_dump())
report("partial", stream())

report("tools, nothing allowed", refusal(InstructorRetryException, lambda: ask(CLOSED, instructor.Mode.TOOLS)))
report(
    "json schema, nothing allowed",
    refusal(InstructorRetryException, lambda: ask(CLOSED, instructor.Mode.JSON_SCHEMA)),
)
report("json, nothing allowed", refusal(InstructorRetryException, lambda: ask(CLOSED, instructor.Mode.JSON)))
report(
    "responses",
    refusal(InstructorRetryException, lambda: ask(OPEN, instructor.Mode.RESPONSES_TOOLS)),
)
