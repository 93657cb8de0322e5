"""What every peer in Python shares: the task it is given, its made-up samples, and how it tells its figures."""

import json
import sys
from typing import NamedTuple

import numpy


class Task(NamedTuple):
    """Layers as data ([kind, values, places of its inputs]), and what to train them with."""

    layers: list
    classes: int
    batch: int
    steps: int
    warmUp: int
    learningRate: float
    mode: str
    compute: str

    @property
    def shape(self):
        return self.layers[0][1]["shape"]

    @property
    def hidden(self):
        """The layers without the last softmax: peers measure the loss on logits, as their documentation advises."""
        kind, values, sources = self.layers[-1]
        if kind == "activation" and values["function"] == "softmax":
            return self.layers[:-1]
        if values.get("activation") != "softmax":
            raise SystemExit(f"The last layer, {kind}, is no softmax")
        return [*self.layers[:-1], [kind, {**values, "activation": "linear"}, sources]]


def read_task():
    return Task(**json.loads(sys.argv[1]))


def make_samples(task):
    """Bytes and classes for all steps, the same numbers each time; the bytes as floats from 0 to 1."""
    count = (task.warmUp + task.steps) * task.batch
    random = numpy.random.default_rng(1)
    inputs = random.integers(0, 256, (count, *task.shape), numpy.uint8)
    labels = random.integers(0, task.classes, count, numpy.int64)
    return inputs.astype(numpy.float32) / 255, labels


def tell(task, seconds):
    """`seconds` is the time of the measured steps."""
    print(json.dumps({"imagesPerSecond": task.steps * task.batch / seconds}))
