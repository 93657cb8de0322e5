"""PyTorch with tensors in channels-last order. Prints images per second over all epochs."""

import json
import sys
import time

import numpy
import torch
from torch import nn

images, labels, settings = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
x = torch.from_numpy(numpy.fromfile(images, numpy.uint8)[16:].reshape(-1, 1, 28, 28).astype(numpy.float32) / 255)
y = torch.from_numpy(numpy.fromfile(labels, numpy.uint8)[8:].astype(numpy.int64))
x = x.to(memory_format=torch.channels_last)

model = nn.Sequential(
    nn.Conv2d(1, 32, 3),
    nn.ReLU(),
    nn.Conv2d(32, 64, 3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(64 * 12 * 12, 128),
    nn.ReLU(),
    nn.Linear(128, 10),
).to(memory_format=torch.channels_last)
optimizer = torch.optim.Adam(model.parameters(), lr=settings["learningRate"])
measure = nn.CrossEntropyLoss()

started = time.perf_counter()
for _ in range(settings["epochs"]):
    order = torch.randperm(len(x))
    for at in range(0, len(x), settings["batchSize"]):
        chosen = order[at : at + settings["batchSize"]]
        logits = model(x[chosen])
        loss = measure(logits, y[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss.item()
        (logits.argmax(1) == y[chosen]).sum().item()
print(settings["pictures"] * settings["epochs"] / (time.perf_counter() - started))
