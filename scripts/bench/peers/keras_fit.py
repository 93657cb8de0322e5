"""Keras on TensorFlow in graph mode. Prints images per second over all epochs."""

import json
import sys
import time

import keras
import numpy

images, labels, settings = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
x = numpy.fromfile(images, numpy.uint8)[16:].reshape(-1, 28, 28, 1).astype(numpy.float32) / 255
y = numpy.fromfile(labels, numpy.uint8)[8:].astype(numpy.int32)

model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10),
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(settings["learningRate"]),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
started = time.perf_counter()
model.fit(x, y, batch_size=settings["batchSize"], epochs=settings["epochs"], verbose=0)
print(settings["pictures"] * settings["epochs"] / (time.perf_counter() - started))
