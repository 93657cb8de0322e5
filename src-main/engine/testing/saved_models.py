"""Opens SavedModels in the ways that TensorFlow and Keras offer and tells what they make of given samples."""

import json
import sys

import keras
import numpy
import tensorflow as tf


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
        "input": {"name": taken.name, "type": taken.dtype.name, "shape": taken.shape.as_list()},
        "output": {"type": given.dtype.name, "shape": given.shape.as_list()},
    }


print(json.dumps([answer(question) for question in json.load(sys.stdin)]))
