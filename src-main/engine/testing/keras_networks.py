"""Builds networks of Keras layers and tells, layer by layer, the shape that comes out and how many weights there are."""

import json
import sys

import keras
import numpy
import tensorflow


class LocalResponseNormalization(keras.layers.Layer):
    """AlexNet's normalization, which Keras lacks, by TensorFlow's operation."""

    def __init__(self, radius, k, alpha, beta):
        super().__init__()
        self.settings = (radius, k, alpha, beta)

    def call(self, values):
        return tensorflow.nn.local_response_normalization(values, *self.settings)


own_layers = {"LocalResponseNormalization": LocalResponseNormalization}


def size(weights):
    return sum(int(numpy.prod(weight.shape)) for weight in weights)


def with_module(config):
    """The settings of a layer, with what Keras wants to be told of a layer that it holds."""
    if "layer" not in config:
        return config
    return {**config, "layer": {**config["layer"], "module": "keras.layers", "registered_name": None}}


def describe(nodes):
    outputs = {}
    found = {}
    for node in nodes:
        if node["class_name"] == "InputLayer":
            output = keras.Input(**node["config"])
            trainable = frozen = 0
        else:
            kind = own_layers.get(node["class_name"]) or getattr(keras.layers, node["class_name"])
            layer = kind.from_config(with_module(node["config"]))
            inputs = [outputs[source] for source in node["sources"]]
            output = layer(inputs[0] if len(inputs) == 1 else inputs)
            trainable, frozen = size(layer.trainable_weights), size(layer.non_trainable_weights)
        outputs[node["id"]] = output
        found[node["id"]] = {"shape": list(output.shape[1:]), "trainable": trainable, "frozen": frozen}
    return found


def answer(nodes):
    try:
        return {"layers": describe(nodes)}
    except Exception as error:
        return {"refused": f"{type(error).__name__}: {error}"}


print(json.dumps([answer(nodes) for nodes in json.load(sys.stdin)]))
