"""Writes the golden files beside it, which the scorers of answers from documents are held against.

    python3 generate.py evaluate-v2.0.py

The argument is the evaluation script of SQuAD 2.0 (P. Rajpurkar, R. Jia, P. Liang, 2018), as it is published with the
data set; it is no part of this repository. Ranking and probabilities take scikit-learn (1.4.2 was used). What neither
of them computes follows here from its published definition, and is named so: recall at k, the reciprocal rank, and the
expected calibration error of Guo et al. (2017), equation 3.
"""
import importlib.util
import json
import os
import random
import sys

import numpy
import sklearn
from sklearn.metrics import brier_score_loss, ndcg_score

HERE = os.path.dirname(os.path.abspath(__file__))
WORDS = ["The", "a", "an", "the", "Theory", "theatre", "U.S.", "don't", "naïve", "ÜBER", "14", "days", "$5,000", "3.5%",
         "well-known", "(two)", "Paris", "paris", "new\u00a0line", "tab\there", "x_y", "ß", "Straße", "Σίσυφος", "été",
         "A.", "...", "weeks", "refund", "refund", "東京", "½", "an.", "tha", "\u2013", "it's", "@home", "#1"]


def text(random_, longest):
    return random_.choice(["", " "]) + " ".join(random_.choice(WORDS) for _ in range(random_.randrange(longest + 1)))


def squad(script):
    spec = importlib.util.spec_from_file_location("squad", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rng = random.Random(2018)
    questions, predictions = [], {}
    for number in range(600):
        answers = [text(rng, 6) for _ in range(rng.randrange(4))]
        given = rng.random()
        prediction = text(rng, 8)
        if answers and given < 0.3:
            prediction = rng.choice(answers).upper()
        elif given < 0.4:
            prediction = ""
        questions.append({"id": str(number), "answers": [{"text": each} for each in answers]})
        predictions[str(number)] = prediction
    exact, f1 = module.get_raw_scores([{"paragraphs": [{"qas": questions}]}], predictions)
    return [{"answers": [each["text"] for each in question["answers"]], "prediction": predictions[question["id"]],
             "exact": exact[question["id"]], "f1": f1[question["id"]]} for question in questions]


def ranking():
    rng = random.Random(2002)
    cases = []
    for _ in range(300):
        references = rng.randrange(1, 7)
        retrieved = rng.randrange(1, 13)
        k = rng.randrange(1, 13)
        # The reference that each passage has, -1 for none; each is in one passage at most.
        slots = rng.sample(range(retrieved), rng.randrange(min(references, retrieved) + 1))
        has = [-1] * retrieved
        for reference, slot in enumerate(slots):
            has[slot] = reference
        found = len(slots)
        # What was not retrieved comes behind rank k, and a passage more, since one alone is not ranked.
        truth = [int(each >= 0) for each in has] + [0] * max(1, k - retrieved) + [1] * (references - found)
        scores = list(range(len(truth), 0, -1))
        first = next((i for i in range(min(k, retrieved)) if has[i] >= 0), None)
        cases.append({"references": references, "has": has, "k": k,
                      "ndcg": float(ndcg_score([truth], [scores], k=k)),
                      "recall": sum(truth[:min(k, retrieved)]) / references,
                      "reciprocalRank": 0 if first is None else 1 / (first + 1)})
    return cases


def calibration():
    rng = random.Random(2017)
    cases = []
    for number in range(60):
        answers = rng.randrange(2, 200)
        confidence = [round(rng.random(), rng.choice([1, 2, 6])) for _ in range(answers)]
        if number % 3 == 0:
            confidence = [rng.choice([0.0, 1.0, 1 / 15, 2 / 15, 0.2, 0.4, 0.6]) for _ in range(answers)]
        right = [int(rng.random() < each) for each in confidence]
        right[0], right[1] = 0, 1
        c, r = numpy.array(confidence), numpy.array(right)
        edges = [edge / 15 for edge in range(16)]
        error = 0.0
        for edge in range(15):
            inside = (c > edges[edge]) & (c <= edges[edge + 1])
            if edge == 0:
                inside |= c == 0
            if inside.any():
                error += inside.sum() / len(c) * abs(r[inside].mean() - c[inside].mean())
        cases.append({"confidence": confidence, "right": right, "brier": float(brier_score_loss(right, confidence)),
                      "calibrationError": float(error)})
    return cases


def write(name, of, cases):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        head = json.dumps({"of": of}, ensure_ascii=True)
        rows = ",\n".join(json.dumps(case, ensure_ascii=True) for case in cases)
        file.write(head[:-1] + ', "cases": [\n' + rows + "\n]}\n")


if __name__ == "__main__":
    learn = "scikit-learn " + sklearn.__version__
    write("squad.json", "evaluate-v2.0.py of SQuAD 2.0", squad(sys.argv[1]))
    write("ranking.json", "ndcg: " + learn + ", the others: their definitions", ranking())
    write("calibration.json", "brier: " + learn + ", calibration error: its definition", calibration())
