"""Makes JPEG files of pictures by TensorFlow's libjpeg-turbo and reads them again as it does when it is to be accurate."""

import base64
import json
import sys

import numpy
import tensorflow as tf


def made(case):
    height, width, channels = case['shape']
    picture = numpy.array(case['values'], numpy.uint8).reshape(height, width, channels)
    options = {'quality': case['quality'], 'optimize_size': case['optimize'], 'progressive': case['progressive']}
    file = tf.io.encode_jpeg(picture, chroma_downsampling=case['halved'], **options).numpy()
    values = tf.io.decode_jpeg(file, dct_method='INTEGER_ACCURATE').numpy()
    return {'file': base64.b64encode(file).decode(), 'values': base64.b64encode(values.tobytes()).decode()}


print(json.dumps([made(case) for case in json.load(sys.stdin)]))
