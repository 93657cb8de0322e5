"""Trains networks of Keras layers from given weights on given batches; tells each step's loss and the last weights."""

import json
import re
import sys

import keras
import numpy


LOSSES = {
    "classes": "sparse_categorical_crossentropy",
    "mixed": "categorical_crossentropy",
    "sample": "mean_squared_error",
}


def build(nodes, outputs):
    given = {}
    inputs = []
    layers = {}
    for node in nodes:
        if node["class_name"] == "InputLayer":
            given[node["id"]] = keras.Input(**node["config"])
            inputs.append(given[node["id"]])
            continue
        # Nodes that use the weights of another one are calls of its layer.
        layer = layers.get(node["owner"])
        if layer is None:
            config = {**with_module(node["config"]), "name": node["owner"]}
            layer = getattr(keras.layers, node["class_name"]).from_config(config)
        sources = [given[source] for source in node["sources"]]
        given[node["id"]] = layer(sources[0] if len(sources) == 1 else sources)
        layers[node["owner"]] = layer
    return keras.Model(inputs, [given[output["id"]] for output in outputs]), layers


def with_module(config):
    """The settings of a layer, with what Keras wants to be told of a layer that it holds."""
    if "layer" not in config:
        return config
    inner = config["layer"]
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", inner["class_name"]).lower()
    own = {"module": "keras.layers", "registered_name": None, "config": {**inner["config"], "name": name}}
    return {**config, "layer": {**inner, **own}}


def weights_of(layer):
    """The weights by their names; those of two layers that read a sequence in two directions behind the layers' names."""
    parts = [getattr(layer, part) for part in ("forward_layer", "backward_layer") if hasattr(layer, part)]
    if not parts:
        return [(weight.name, weight) for weight in layer.weights]
    return [(part.name + "/" + weight.name, weight) for part in parts for weight in part.weights]


def values_of(weight):
    return numpy.array(weight["values"], dtype="float32").reshape(weight["shape"])


def labels_of(batch, classes):
    """The classes by number; of mixed samples one-hot, those of both labels added by their shares."""
    labels = numpy.array(batch["labels"])
    if "others" not in batch:
        return labels
    shares = numpy.array(batch["shares"], dtype="float32")[:, None]
    one_hot = numpy.eye(classes, dtype="float32")
    return shares * one_hot[labels] + (1 - shares) * one_hot[numpy.array(batch["others"])]


def answer(question):
    outputs = question["outputs"]
    classes = "mixed" if "others" in question["batches"][0] else "classes"
    model, layers = build(question["nodes"], outputs)
    places = {(name, own): weight for name, layer in layers.items() for own, weight in weights_of(layer)}
    for weight in question["weights"]:
        places[weight["node"], weight["name"]].assign(values_of(weight))
    optimizer = keras.optimizers.SGD(learning_rate=question["rate"], momentum=question["momentum"])
    model.compile(
        optimizer=optimizer,
        loss=[LOSSES[classes if output["loss"] == "classes" else "sample"] for output in outputs],
        loss_weights=[output["weight"] for output in outputs],
    )
    parts = [node["takes"] for node in question["nodes"] if node["class_name"] == "InputLayer"]
    losses = []
    own = []
    for batch in question["batches"]:
        samples = numpy.array(batch["values"], dtype="float32").reshape([-1, *question["shape"]]) / question["divisor"]
        labels = labels_of(batch, 3)
        fed = [samples if part is None else samples[..., part["first"] : part["first"] + part["count"]] for part in parts]
        wanted = [labels if output["loss"] == "classes" else samples for output in outputs]
        told = model.train_on_batch(fed, wanted, return_dict=True)
        losses.append(float(told["loss"]))
        own.append([float(told[output["id"] + "_loss"]) for output in outputs] if len(outputs) > 1 else [])
        # Keras reports the mean over all steps since the metrics were reset.
        model.reset_metrics()
    ordered = [places[weight["node"], weight["name"]] for weight in question["weights"]]
    return {"losses": losses, "own": own, "weights": [numpy.array(weight).ravel().tolist() for weight in ordered]}


print(json.dumps([answer(question) for question in json.load(sys.stdin)]))
