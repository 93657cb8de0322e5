"""Opens SavedModels in the ways that TensorFlow and Keras offer and tells what they make of given samples."""

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


def answer(question):
    samples = numpy.array(question["values"], dtype="float32").reshape(question["shape"])
    function = tf.saved_model.load(question["folder"]).signatures["serving_default"]
    (taken,) = function.structured_input_signature[1].values()
    (given,) = function.structured_outputs.values()
    layer = keras.layers.TFSMLayer(question["folder"], call_endpoint="serving_default")
    return {
        "tensorflow": function(inputs=tf.constant(samples))["probabilities"].numpy().ravel().tolist(),
        "keras": layer(samples)["probabilities"].numpy().ravel().tolist(),
        "one": function(inputs=tf.constant(samples[:1]))["probabilities"].numpy().ravel().tolist(),
        "readme": run_readme(question["folder"]) if question["readme"] else None,
        "input": {"name": taken.name, "type": taken.dtype.name, "shape": taken.shape.as_list()},
        "output": {"type": given.dtype.name, "shape": given.shape.as_list()},
    }


print(json.dumps([answer(question) for question in json.load(sys.stdin)]))
