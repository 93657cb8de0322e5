"""Keras on TensorFlow: `fit` in graph mode, or compiled by XLA (mode `jit`). Prints its speed after the warm-up."""

import time

import keras
import tensorflow
from keras import layers
from task import make_samples, read_task, tell


class LocalResponseNormalization(layers.Layer):
    """TensorFlow's own kernel, which Keras has no layer for and which has no bfloat16 on the CPU."""

    def __init__(self, values):
        super().__init__(dtype="float32")
        self.values = values

    def call(self, inputs):
        values = self.values
        return tensorflow.nn.local_response_normalization(
            inputs, values["radius"], values["k"], values["alpha"], values["beta"]
        )


def convolution(make):
    def layer(values):
        return make(
            values["filters"],
            values["kernel"],
            values["strides"],
            values["padding"],
            activation=values["activation"],
            use_bias=values["bias"],
            groups=values["groups"],
        )

    return layer


def pooling(make):
    return lambda values: make(values["window"], values["strides"], values["padding"])


KINDS = {
    "conv1d": convolution(layers.Conv1D),
    "conv2d": convolution(layers.Conv2D),
    "conv3d": convolution(layers.Conv3D),
    "max-pooling-1d": pooling(layers.MaxPooling1D),
    "max-pooling-2d": pooling(layers.MaxPooling2D),
    "max-pooling-3d": pooling(layers.MaxPooling3D),
    "average-pooling-2d": pooling(layers.AveragePooling2D),
    "global-average-pooling-2d": lambda values: layers.GlobalAveragePooling2D(),
    "batch-normalization": lambda values: layers.BatchNormalization(
        momentum=values["momentum"], epsilon=values["epsilon"], center=values["center"], scale=values["scale"]
    ),
    "local-response-normalization": LocalResponseNormalization,
    "add": lambda values: layers.Add(),
    "activation": lambda values: layers.Activation(values["function"]),
    "dropout": lambda values: layers.Dropout(values["rate"]),
    "flatten": lambda values: layers.Flatten(),
    "dense": lambda values: layers.Dense(values["units"], activation=values["activation"], use_bias=values["bias"]),
}


def build(task):
    outputs = [keras.Input(task.shape)]
    for kind, values, sources in task.hidden[1:]:
        inputs = [outputs[source] for source in sources]
        outputs.append(KINDS[kind](values)(inputs if len(inputs) > 1 else inputs[0]))
    return keras.Model(outputs[0], outputs[-1])


class Clock(keras.callbacks.Callback):
    """Reads loss and accuracy after each step, as `fit` itself does to show them; counts from the warm-up's end."""

    def __init__(self, task):
        super().__init__()
        self.marks = {task.warmUp: 0.0, task.warmUp + task.steps: 0.0}

    def on_train_batch_end(self, batch, logs=None):
        float(logs["loss"]), float(logs["accuracy"])
        if batch + 1 in self.marks:
            self.marks[batch + 1] = time.perf_counter()

    @property
    def seconds(self):
        begin, end = self.marks.values()
        return end - begin


task = read_task()
if task.compute == "bfloat16":
    keras.mixed_precision.set_global_policy("mixed_bfloat16")
inputs, labels = make_samples(task)
model = build(task)
model.compile(
    optimizer=keras.optimizers.Adam(task.learningRate),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
    jit_compile=task.mode == "jit",
)
if task.steps > 0:
    clock = Clock(task)
    model.fit(inputs, labels, batch_size=task.batch, epochs=1, verbose=0, callbacks=[clock])
    tell(task, clock.seconds)
