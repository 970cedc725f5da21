#!/usr/bin/python3
"""The correlation of log-ratios and its gradients by PyTorch's autograd, from the saved weights and triplets beside this file.

Writes grad.correlation.*.npy here and prints the loss, which stands in reference.json. Needs Debian's python3-torch.
"""
import os

import numpy as np
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
EPSILON = 1e-3


def load(name):
    return torch.from_numpy(np.load(os.path.join(HERE, name + ".npy")))


def network(name, widths):
    layers = []
    for i in range(len(widths) - 1):
        layers.append(torch.nn.Linear(widths[i], widths[i + 1]))
        if i + 2 < len(widths):
            layers += [torch.nn.ELU(), torch.nn.BatchNorm1d(widths[i + 1], eps=1e-3, momentum=0.01)]
    net = torch.nn.Sequential(*layers)
    net.load_state_dict({key: load(f"{name}.{key}") for key in net.state_dict() if "tracked" not in key}, strict=False)
    return net.train()


def log_ratio(a, b, c):
    return torch.log((EPSILON + (a - b).square().sum(1)) / (EPSILON + (b - c).square().sum(1)))


encoder = network("encoder", [256, 50, 10, 2])
inputs = [load(part) for part in "abc"]
codes = torch.tanh(encoder(torch.cat(inputs))).split(len(inputs[0]))
loss = 1 - torch.corrcoef(torch.stack([log_ratio(*inputs), log_ratio(*codes)]))[0, 1]
loss.backward()
print(loss.item())
for name, parameter in encoder.named_parameters():
    np.save(os.path.join(HERE, f"grad.correlation.encoder.{name}.npy"), parameter.grad.numpy())
