"""PyTorch with pictures in channels-last order, eager or by `torch.compile` (mode `compile`). Prints its speed."""

import time
from contextlib import nullcontext

import torch
from task import make_samples, read_task, tell
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "linear": nn.Identity}
CONVOLUTIONS = [nn.Conv1d, nn.Conv2d, nn.Conv3d]
MAXIMA = [nn.MaxPool1d, nn.MaxPool2d, nn.MaxPool3d]
NORMALIZATIONS = {2: nn.BatchNorm1d, 3: nn.BatchNorm1d, 4: nn.BatchNorm2d, 5: nn.BatchNorm3d}
LAST = {4: torch.channels_last, 5: torch.channels_last_3d}


def edges(sizes, strides, padding):
    """The rows that PyTorch adds on both sides to give as many places as TensorFlow's `same`."""
    if padding == "valid" or sizes == strides:
        return 0
    if any(size % 2 == 0 for size in sizes):
        raise SystemExit(f"PyTorch has no padding that gives `same` for a window of {sizes} at strides {strides}")
    return [size // 2 for size in sizes]


def convolution(values, example):
    kernel, strides = values["kernel"], values["strides"]
    layer = CONVOLUTIONS[len(kernel) - 1](
        example.shape[1],
        values["filters"],
        kernel,
        strides,
        edges(kernel, strides, values["padding"]),
        groups=values["groups"],
        bias=values["bias"],
    )
    return nn.Sequential(layer, ACTIVATIONS[values["activation"]]())


def max_pooling(values, example):
    window, strides = values["window"], values["strides"]
    return MAXIMA[len(window) - 1](window, strides, edges(window, strides, values["padding"]))


def average_pooling_2d(values, example):
    window, strides = values["window"], values["strides"]
    return nn.AvgPool2d(window, strides, edges(window, strides, values["padding"]), count_include_pad=False)


def dense(values, example):
    layer = nn.Linear(example.shape[1], values["units"], bias=values["bias"])
    return nn.Sequential(layer, ACTIVATIONS[values["activation"]]())


def batch_normalization(values, example):
    # PyTorch's momentum is the share of the new mean, Keras's that of the old one.
    if values["center"] != values["scale"]:
        raise SystemExit("PyTorch's batch normalization has both center and scale, or neither")
    make = NORMALIZATIONS[example.dim()]
    return make(
        example.shape[1], eps=values["epsilon"], momentum=1 - values["momentum"], affine=values["scale"]
    )


def response_normalization(values, example):
    # PyTorch divides alpha by the number of channels that it sums.
    size = 2 * values["radius"] + 1
    return nn.LocalResponseNorm(size, values["alpha"] * size, values["beta"], values["k"])


class Add(nn.Module):
    def forward(self, *inputs):
        return sum(inputs[1:], inputs[0])


KINDS = {
    "conv1d": convolution,
    "conv2d": convolution,
    "conv3d": convolution,
    "max-pooling-1d": max_pooling,
    "max-pooling-2d": max_pooling,
    "max-pooling-3d": max_pooling,
    "average-pooling-2d": average_pooling_2d,
    "global-average-pooling-2d": lambda values, example: nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()),
    "batch-normalization": batch_normalization,
    "local-response-normalization": response_normalization,
    "add": lambda values, example: Add(),
    "activation": lambda values, example: ACTIVATIONS[values["function"]](),
    "dropout": lambda values, example: nn.Dropout(values["rate"]),
    "flatten": lambda values, example: nn.Flatten(),
    "dense": dense,
}


class Network(nn.Module):
    def __init__(self, task):
        super().__init__()
        *axes, channels = task.shape
        examples = [torch.zeros(2, channels, *axes)]
        self.sources = []
        self.layers = nn.ModuleList()
        for kind, values, sources in task.hidden[1:]:
            inputs = [examples[source] for source in sources]
            layer = KINDS[kind](values, inputs[0])
            examples.append(layer(*inputs).detach())
            self.sources.append(sources)
            self.layers.append(layer)

    def forward(self, inputs):
        outputs = [inputs]
        for layer, sources in zip(self.layers, self.sources, strict=True):
            outputs.append(layer(*(outputs[source] for source in sources)))
        return outputs[-1]


class Training:
    def __init__(self, task):
        inputs, self.labels = map(torch.from_numpy, make_samples(task))
        # Kept with channels last, so that a batch of samples needs no reordering; sound is faster the other way.
        first = inputs.movedim(-1, 1)
        self.inputs = inputs if inputs.dim() in LAST else first.contiguous()
        self.moved = inputs.dim() in LAST
        model = Network(task)
        if self.moved:
            model = model.to(memory_format=LAST[inputs.dim()])
        self.optimizer = torch.optim.Adam(model.parameters(), lr=task.learningRate, fused=True)
        self.model = torch.compile(model) if task.mode == "compile" else model
        self.loss = nn.CrossEntropyLoss()
        self.mixed = task.compute == "bfloat16"
        self.batches = torch.randperm(len(inputs)).split(task.batch)

    def step(self, at):
        chosen = self.batches[at]
        inputs, labels = self.inputs[chosen], self.labels[chosen]
        if self.moved:
            inputs = inputs.movedim(-1, 1)
        with torch.autocast("cpu", torch.bfloat16) if self.mixed else nullcontext():
            logits = self.model(inputs)
            loss = self.loss(logits, labels)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item(), (logits.argmax(1) == labels).sum().item()


task = read_task()
training = Training(task)
for at in range(task.warmUp):
    training.step(at)
started = time.perf_counter()
for at in range(task.warmUp, task.warmUp + task.steps):
    training.step(at)
tell(task, time.perf_counter() - started)
