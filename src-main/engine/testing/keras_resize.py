"""Brings pictures to other sizes as Keras does: bilinear with antialiasing, stretched or with the middle cut out."""

import json
import sys

import keras
import numpy


def resized(case):
    height, width = case['from']
    picture = numpy.array(case['values'], numpy.float32).reshape(height, width, 3)
    options = {'interpolation': 'bilinear', 'antialias': True, 'crop_to_aspect_ratio': case['crop']}
    return numpy.array(keras.ops.image.resize(picture, case['to'], **options)).ravel().tolist()


print(json.dumps([resized(case) for case in json.load(sys.stdin)]))
