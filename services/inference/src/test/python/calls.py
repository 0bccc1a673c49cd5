"""Shared by the programs of this folder: where to call, and how to print the outcome of a call."""

import json
import os
import sys

URL = os.environ["OPENAI_BASE_URL"]
KEY = os.environ["OPENAI_API_KEY"]
OPEN = os.environ["OPEN"]  # a released variant that allows its callers everything
CLOSED = os.environ["CLOSED"]  # a released variant of the default caller policy
CHOICE = os.environ["CHOICE"]  # a bare model, which chooses one of several options
EMBEDDINGS = os.environ["EMBEDDINGS"]

ORDER = "in Leeds"
# Longer than the context window of the model.
TOO_LONG = "word " * 5000


def _stay_on_loopback(event, arguments):
    """Ends the program when a library connects to another host: no client needs one to call its base URL."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in (None, "127.0.0.1", "::1", "localhost"):
        print(f"called out to {host}", file=sys.stderr, flush=True)
        os._exit(3)


sys.addaudithook(_stay_on_loopback)


def report(call, got):
    """Prints the outcome of a call."""
    print(json.dumps({"call": call, "got": got}, ensure_ascii=False), flush=True)


def refusal(kind, function):
    """Returns the error that a refused call raises; one of another kind ends the program with its traceback."""
    try:
        given = function()
    except kind as raised:
        return {"error": type(raised).__name__, **_answer(raised)}
    raise AssertionError(f"not refused, but {given!r}")


def _answer(raised):
    """Returns the status and message of the answer, which some clients keep in a cause of what they raise."""
    chain = [raised]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None:
        chain.append(cause)
    for error in chain:
        if getattr(error, "status_code", None) is not None:
            body = getattr(error, "body", None)
            if not isinstance(body, dict):
                return {"status": error.status_code, "says": _first_line(error)}
            body = body.get("error", body)
            return {"status": error.status_code, "code": body["code"], "says": body["message"]}
    return {"says": [_first_line(error) for error in chain]}


def _first_line(error):
    return str(error).strip().partition("\n")[0]
