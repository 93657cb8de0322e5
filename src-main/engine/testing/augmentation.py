"""Moves samples and changes their values with Keras and TensorFlow; tells distributions' integrals."""

import json
import sys

import keras
import numpy
import tensorflow

FILLS = {"edge": "nearest", "reflect": "nearest", "constant": "constant"}

# So many values are added on each side: Keras 3.12 reflects wrongly in front of a sample, NumPy does not.
PAD = 40


def move(rank, kind, drawn):
    """A homogeneous matrix that names, in values from the middle, where each value of the moved sample comes from."""
    matrix = numpy.eye(rank + 1)
    width, height, depth = rank - 1, rank - 2, rank - 3
    if kind == "scale":
        for axis, factor in enumerate(drawn):
            matrix[axis, axis] = factor
    elif kind == "shift":
        matrix[:rank, rank] = drawn
    elif kind == "shear":
        matrix[width, height] = numpy.tan(numpy.radians(drawn[0]))
    else:
        axes = {"turn": (width, height), "nod": (height, depth), "swing": (width, depth)}[kind]
        angle = numpy.radians(drawn[0])
        rotation = [[numpy.cos(angle), -numpy.sin(angle)], [numpy.sin(angle), numpy.cos(angle)]]
        matrix[numpy.ix_(axes, axes)] = rotation
    return matrix


def moved(question):
    shape = question["shape"]
    rank = len(shape) - 1
    sample = numpy.array(question["values"], dtype="float32").reshape(shape)
    whole = numpy.eye(rank + 1)
    for kind, drawn in question["moves"]:
        whole = whole @ move(rank, kind, drawn)
    middle = (numpy.array(shape[:-1]) - 1) / 2
    out = numpy.indices(shape[:-1]).reshape(rank, -1) - middle[:, None]
    places = whole[:rank, :rank] @ out + whole[:rank, rank:] + middle[:, None]
    if question["fill"] == "reflect":
        sample = numpy.pad(sample, [(PAD, PAD)] * rank + [(0, 0)], mode="symmetric")
        places = places + PAD
    channels = [
        keras.ops.image.map_coordinates(
            sample[..., channel],
            places.astype("float32"),
            order=1,
            fill_mode=FILLS[question["fill"]],
            fill_value=question["value"],
        )
        for channel in range(shape[-1])
    ]
    return numpy.stack([numpy.array(channel) for channel in channels], axis=-1)


def changed(question):
    picture = tensorflow.reshape(tensorflow.constant(question["values"], tensorflow.float32), question["shape"])
    by = question["by"]
    kind = question["kind"]
    if kind == "brightness":
        return tensorflow.image.adjust_brightness(picture, by)
    if kind == "contrast":
        return tensorflow.image.adjust_contrast(picture, by)
    if kind == "hue":
        return tensorflow.image.adjust_hue(picture, by)
    return by * picture + (1 - by) * tensorflow.image.rgb_to_grayscale(picture)


def integral(question):
    at = numpy.array(question["at"], dtype="float64")
    if question["of"] == "normal":
        return 0.5 * (1 + tensorflow.math.erf(at / numpy.sqrt(2)))
    alpha = numpy.full_like(at, question["alpha"])
    return tensorflow.math.betainc(alpha, alpha, at)


asked = json.load(sys.stdin)
print(
    json.dumps(
        {
            "moved": [numpy.ravel(moved(question)).tolist() for question in asked["moved"]],
            "changed": [numpy.ravel(changed(question)).tolist() for question in asked["changed"]],
            "integrals": [numpy.ravel(integral(question)).tolist() for question in asked["integrals"]],
        }
    )
)
