"""Trains networks of Keras layers from given weights on given batches; tells each step's loss and the last weights."""

import json
import sys

import keras
import numpy


def build(nodes):
    outputs = {}
    layers = {}
    for node in nodes:
        if node["class_name"] == "InputLayer":
            outputs[node["id"]] = first = keras.Input(**node["config"])
            continue
        layer = getattr(keras.layers, node["class_name"]).from_config(node["config"])
        inputs = [outputs[source] for source in node["sources"]]
        outputs[node["id"]] = last = layer(inputs[0] if len(inputs) == 1 else inputs)
        layers[node["id"]] = layer
    return keras.Model(first, last), layers


def values_of(weight):
    return numpy.array(weight["values"], dtype="float32").reshape(weight["shape"])


def answer(question):
    model, layers = build(question["nodes"])
    places = {(name, weight.name): weight for name, layer in layers.items() for weight in layer.weights}
    for weight in question["weights"]:
        places[weight["node"], weight["name"]].assign(values_of(weight))
    optimizer = keras.optimizers.SGD(learning_rate=question["rate"], momentum=question["momentum"])
    model.compile(optimizer=optimizer, loss="sparse_categorical_crossentropy")
    losses = []
    for batch in question["batches"]:
        samples = numpy.array(batch["values"], dtype="float32").reshape([-1, *question["shape"]]) / question["divisor"]
        losses.append(float(model.train_on_batch(samples, numpy.array(batch["labels"]))))
        # Keras reports the mean over all steps since the metrics were reset.
        model.reset_metrics()
    ordered = [places[weight["node"], weight["name"]] for weight in question["weights"]]
    return {"losses": losses, "weights": [numpy.array(weight).ravel().tolist() for weight in ordered]}


print(json.dumps([answer(question) for question in json.load(sys.stdin)]))
