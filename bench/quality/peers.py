#!/usr/bin/python3
"""What others make of the same reduced vectors: PCA's first two components, t-SNE (scikit-learn) and UMAP (umap-learn).

peers.py EXPORT... : folders written by `atlas export --format npy`. JSON on standard output: for each collection and method the
mean over three seeds of trustworthiness, share of the 10 true neighbours kept, class of the nearest frame (photos: the folder;
films: the film) and seconds. Needs Debian's python3-sklearn and umap-learn.
"""
import json
import os
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import numpy as np
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness
from sklearn.neighbors import NearestNeighbors

SEEDS = (1, 2, 3)
K = 10


def labels(folder):
    frames = [json.loads(line) for line in open(os.path.join(folder, "frames.jsonl"))]
    photos = len({frame["video"] for frame in frames}) == len(frames)
    return np.array([os.path.basename(os.path.dirname(frame["path"])) if photos else frame["video"] for frame in frames])


def film_numbers(folder):
    films = [json.loads(line)["video"] for line in open(os.path.join(folder, "frames.jsonl"))]
    return np.cumsum([i > 0 and films[i] != films[i - 1] for i in range(len(films))])


def neighbours(rows, k):
    return NearestNeighbors(n_neighbors=k).fit(rows).kneighbors(return_distance=False)


def judge(truth, near, classes, layout):
    on_map = neighbours(layout, K)
    kept = np.mean([len(set(a) & set(b)) / K for a, b in zip(near, on_map)])
    return float(trustworthiness(truth, layout, n_neighbors=K)), float(kept), float(np.mean(classes[on_map[:, 0]] == classes))


def pca(rows, seed):
    return PCA(2).fit_transform(rows)


def tsne(rows, seed):
    return TSNE(2, init="pca", learning_rate="auto", random_state=seed).fit_transform(rows)


def umap(rows, seed):
    from umap import UMAP
    return UMAP(n_neighbors=15, min_dist=0.1, random_state=seed).fit_transform(rows)


def held_out(truth, held):
    """UMAP of the other frames, these transformed: share of their true neighbours among the others that they keep."""
    from umap import UMAP
    model = UMAP(n_neighbors=15, min_dist=0.1, random_state=1).fit(truth[~held])
    layout, placed = model.embedding_, model.transform(truth[held])
    near = NearestNeighbors(n_neighbors=K).fit(truth[~held]).kneighbors(truth[held], return_distance=False)
    on_map = NearestNeighbors(n_neighbors=K).fit(layout).kneighbors(placed, return_distance=False)
    return float(np.mean([len(set(a) & set(b)) / K for a, b in zip(near, on_map)]))


def main(folders):
    umap(np.random.default_rng(0).normal(size=(100, 8)).astype(np.float32), 0)  # compiled now, not while the clock runs
    answer = {}
    for folder in folders:
        truth, classes = np.load(os.path.join(folder, "reduced.npy")), labels(folder)
        near = neighbours(truth, K)
        answer[os.path.basename(os.path.normpath(folder))] = methods = {}
        for name, method, seeds in (("PCA-2D", pca, SEEDS[:1]), ("t-SNE", tsne, SEEDS), ("UMAP", umap, SEEDS)):
            runs, start = [], time.perf_counter()
            for seed in seeds:
                runs.append(judge(truth, near, classes, method(truth, seed)))
            seconds = (time.perf_counter() - start) / len(seeds)
            mean = np.mean(runs, axis=0)
            methods[name] = dict(frames=len(truth), trustworthiness=mean[0], kept=mean[1], nearest=mean[2], seconds=seconds)
            if name == "UMAP":
                methods[name]["heldOut"] = held_out(truth, np.arange(len(truth)) % 10 == 3)
                films = film_numbers(folder)
                if 20 <= films[-1] + 1 < len(films):
                    methods[name]["heldOutFilms"] = held_out(truth, films % 8 == 3)
    json.dump(answer, sys.stdout, indent=1)


if __name__ == "__main__":
    main(sys.argv[1:])
