"""Brings volumes to other sizes, axis by axis, as Keras brings a picture's height: bilinear with antialiasing."""

import json
import sys

import keras
import numpy


def scaled(case):
    volume = numpy.array(case["values"], numpy.float32).reshape(case["shape"])
    for axis, size in enumerate(case["to"]):
        front = numpy.moveaxis(volume, axis, 0)
        picture = front.reshape(front.shape[0], -1, 1)
        options = {"interpolation": "bilinear", "antialias": True}
        resized = numpy.array(keras.ops.image.resize(picture, [size, picture.shape[1]], **options))
        volume = numpy.moveaxis(resized.reshape(size, *front.shape[1:]), 0, axis)
    return volume.ravel().tolist()


print(json.dumps([scaled(case) for case in json.load(sys.stdin)]))
