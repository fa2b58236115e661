"""Trains a workload of the benchmark with PyTorch on the CPU, as many steps at a time as a line of the standard input says.

The first line is the workload as JSON, with images and weights as base64 of float32. Every answer is a line of JSON."""

import base64
import json
import os
import sys
import time

import torch
from torch import nn
from torch.nn import functional


def numbers(text):
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=torch.float32)


class Layer(nn.Module):
    """A convolution without bias and a batch norm."""

    def __init__(self, plan, weight):
        super().__init__()
        kernel, source, target = plan["kernel"], plan["from"], plan["to"]
        self.convolution = nn.Conv2d(source, target, kernel, plan["stride"], kernel // 2, bias=False)
        filters = numbers(weight).reshape(kernel, kernel, source, target).permute(3, 2, 0, 1)
        self.convolution.weight.data.copy_(filters)
        self.norm = nn.BatchNorm2d(target)

    def forward(self, x):
        return self.norm(self.convolution(x))


class Block(nn.Module):
    def __init__(self, path, shortcut):
        super().__init__()
        self.path = nn.ModuleList(path)
        self.shortcut = shortcut or nn.Identity()

    def forward(self, x):
        y = x
        for layer in self.path[:-1]:
            y = functional.relu(layer(y))
        return functional.relu(self.path[-1](y) + self.shortcut(x))


class Network(nn.Module):
    def __init__(self, workload):
        super().__init__()
        plan, weights = workload["network"], workload["weights"]
        self.stem = Layer(plan["stem"], weights["stem"])
        blocks = []
        for b, block in enumerate(plan["blocks"]):
            path = [Layer(one, weights[f"block{b}/conv{c}"]) for c, one in enumerate(block["path"])]
            short = block.get("shortcut")
            blocks.append(Block(path, Layer(short, weights[f"block{b}/shortcut"]) if short else None))
        self.blocks = nn.Sequential(*blocks)
        self.classifier = nn.Linear(plan["features"], workload["classes"])
        self.classifier.weight.data.copy_(
            numbers(weights["classifier"]).reshape(plan["features"], workload["classes"]).t()
        )
        self.classifier.bias.data.zero_()

    def forward(self, x):
        y = self.blocks(functional.relu(self.stem(x)))
        return self.classifier(y.mean((2, 3)))


def main():
    torch.set_num_threads(os.cpu_count() or 1)
    start = time.perf_counter()
    workload = json.loads(sys.stdin.readline())
    size, channels, batch = workload["size"], workload["channels"], workload["batch"]
    images = numbers(workload["images"]).reshape(batch, size, size, channels).permute(0, 3, 1, 2)
    images = images.contiguous(memory_format=torch.channels_last)
    labels = torch.tensor(workload["labels"])
    network = Network(workload).to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(network.parameters(), workload["learningRate"], workload["momentum"])

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(network(images), labels)
        loss.backward()
        optimizer.step()
        return loss

    def answer(**values):
        print(json.dumps(values), flush=True)

    step()
    answer(firstStepMs=1000 * (time.perf_counter() - start))
    for line in sys.stdin:
        steps = int(line)
        start = time.perf_counter()
        for _ in range(steps):
            loss = step()
        took = 1000 * (time.perf_counter() - start)
        answer(msPerStep=took / steps, loss=loss.item())


main()
