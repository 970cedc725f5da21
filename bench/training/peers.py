#!/usr/bin/python3
"""The same work by PyTorch (one thread) and by scikit-learn's randomised PCA. Needs Debian's python3-torch, libopenblas0-pthread, python3-sklearn."""
import time

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(0)


def stack(widths):
    layers = []
    for i in range(len(widths) - 2):
        layers += [nn.Linear(widths[i], widths[i + 1]), nn.ELU(), nn.BatchNorm1d(widths[i + 1], eps=1e-3, momentum=0.01)]
    return nn.Sequential(*layers, nn.Linear(widths[-2], widths[-1]))


encoder, decoder = stack([256, 50, 10, 2]), stack([2, 6, 22, 76, 256])
adam = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=1e-3)
rows = torch.randn(8192, 256)


def step(batch=1024):
    index = torch.randint(0, len(rows), (3 * batch,))
    x = rows[index]
    z = torch.tanh(encoder(x))
    a, b, c = x.split(batch)
    za, zb, zc = z.split(batch)
    square = lambda d: (d * d).sum(1)
    ratio = lambda p, q, r: torch.log((1e-3 + square(p - q)) / (1e-3 + square(q - r)))
    loss = ((decoder(za) - a) ** 2).mean() + (z.mean(0) ** 2 + (z.std(0, unbiased=False) - 0.3) ** 2).mean()
    loss = loss + 0.01 * ((ratio(a, b, c) - ratio(za, zb, zc)) ** 2).mean()
    adam.zero_grad()
    loss.backward()
    adam.step()


best = 0
for _ in range(8):
    start = time.process_time()
    for _ in range(100):
        step()
    best = max(best, 100 * 1024 / (time.process_time() - start))
print(f"| triplets a second, one core (PyTorch {torch.__version__}) | {best:,.0f} |", flush=True)

import sys
if "--short" not in sys.argv:
    from sklearn.decomposition import PCA
    rng = np.random.default_rng(0)
    scale = (1 + np.arange(300)) ** -0.7
    x = (rng.normal(size=(16000, 300)) @ (scale[:, None] * rng.normal(size=(300, 4096))) + 0.1 * rng.normal(size=(16000, 4096))).astype(np.float32)
    start = time.perf_counter()
    pca = PCA(256, svd_solver="randomized", random_state=0).fit(x)
    print(f"| PCA 16,000 x 4096 to 256 (scikit-learn, randomised), s | {time.perf_counter() - start:.1f} (variance kept {pca.explained_variance_ratio_.sum():.4f}) |")
