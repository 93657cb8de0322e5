"""Opens SavedModels and checkpoints in the ways that TensorFlow and Keras offer and tells what they find in them."""

import contextlib
import io
import json
import os
import sys

import keras
import numpy
import tensorflow as tf


def run_readme(folder):
    """Runs the lines of Python in a model's README.txt in its folder, as a person would; what they print."""
    with open(os.path.join(folder, "README.txt")) as file:
        text = file.read()
    block = text.split("In Python, with TensorFlow:")[1].split("\n\n")[1]
    printed = io.StringIO()
    before = os.getcwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(printed):
            exec("\n".join(line.strip() for line in block.splitlines()), {})
    finally:
        os.chdir(before)
    return printed.getvalue().strip()


def size(variables):
    return sum(int(numpy.prod(variable.shape)) for variable in variables)


def answer(question, loaded):
    samples = numpy.array(question["values"], dtype="float32").reshape(question["shape"])
    function = loaded.signatures["serving_default"]
    (taken,) = function.structured_input_signature[1].values()
    (given,) = function.structured_outputs.values()
    layer = keras.layers.TFSMLayer(question["folder"], call_endpoint="serving_default")
    trainable = [variable for variable in loaded.variables if variable.trainable]
    with tf.GradientTape() as tape:
        probabilities = function(inputs=tf.constant(samples))["probabilities"]
        first = probabilities[:, 0]
    gradients = tape.gradient(first, trainable)
    return {
        "tensorflow": probabilities.numpy().ravel().tolist(),
        "keras": layer(samples)["probabilities"].numpy().ravel().tolist(),
        "one": function(inputs=tf.constant(samples[:1]))["probabilities"].numpy().ravel().tolist(),
        "readme": run_readme(question["folder"]) if question["readme"] else None,
        "input": {"name": taken.name, "type": taken.dtype.name, "shape": taken.shape.as_list()},
        "output": {"type": given.dtype.name, "shape": given.shape.as_list()},
        "weights": {"trainable": size(trainable), "frozen": size(loaded.variables) - size(trainable)},
        "gradients": sum(gradient is not None for gradient in gradients) == len(trainable),
    }


def read_bundle(prefix):
    """All tensors of a checkpoint, in the order of their names."""
    reader = tf.train.load_checkpoint(prefix)
    names = sorted(reader.get_variable_to_shape_map())
    tensors = [(name, reader.get_tensor(name)) for name in names]
    return [
        {"name": name, "type": value.dtype.name, "shape": list(value.shape), "values": value.ravel().tolist()}
        for name, value in tensors
    ]


asked = json.load(sys.stdin)
# All of them stand in one process before any is asked, so that they would notice each other.
models = [tf.saved_model.load(question["folder"]) for question in asked["models"]]
answers = [answer(question, loaded) for question, loaded in zip(asked["models"], models)]
print(json.dumps({"models": answers, "bundles": [read_bundle(prefix) for prefix in asked["bundles"]]}))
