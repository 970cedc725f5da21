# syntax=docker/dockerfile:1
# Images of the cluster: docker build --target silo|silo-gpu|web|client -t NAME .   (docs/operations.md)

FROM node:20-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS source
COPY --from=node /usr/local /usr/local
WORKDIR /source
COPY . .
# Style is looked at where the source is written.
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 RunAnalyzers=false EnforceCodeStyleInBuild=false

FROM source AS publish-silo
RUN dotnet publish src/Silo -c Release -r linux-x64 --self-contained -o /app

FROM source AS publish-silo-gpu
RUN dotnet publish src/Silo -c Release -r linux-x64 --self-contained -p:Gpu=true -o /app

FROM source AS publish-client
RUN dotnet publish src/Client -c Release -r linux-x64 --self-contained -o /app

# What every image stands on. k8s/rootfs.sh makes the same without Docker, to be run in the tests.
FROM debian:12-slim AS base
COPY eng/debian-packages /tmp/
RUN apt-get update \
    && apt-get install -y --no-install-recommends $(sed '/^#/d; s/ .*//' /tmp/debian-packages) \
    && rm -rf /var/lib/apt/lists/* /tmp/debian-packages \
    && useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin atlas \
    && install -d -o atlas -g atlas /cache
ENV HOME=/tmp ATLAS_CACHE=/cache
WORKDIR /app
USER 10001:10001

FROM base AS silo
COPY --from=publish-silo /app .
EXPOSE 11111 30000 8080
ENTRYPOINT ["/app/OrleansAtlas.Silo"]

# CUDA's libraries, which Debian has not in the version that ONNX Runtime wants; the driver comes from the node.
FROM nvidia/cuda:13.0.1-cudnn-runtime-ubuntu22.04 AS cuda
RUN mkdir /cuda \
    && cp -a /usr/local/cuda/lib64/lib*.so* /usr/lib/x86_64-linux-gnu/libcudnn*.so* /cuda/

FROM base AS silo-gpu
COPY --from=cuda /cuda /usr/local/cuda/lib64
ENV LD_LIBRARY_PATH=/usr/local/cuda/lib64 NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility,video
COPY --from=publish-silo-gpu /app .
EXPOSE 11111 30000 8080
ENTRYPOINT ["/app/OrleansAtlas.Silo"]

FROM base AS client
COPY --from=publish-client /app .
ENTRYPOINT ["/app/atlas"]

# The same layers as the client's.
FROM client AS web
EXPOSE 5080
CMD ["serve", "--address=0.0.0.0", "--port=5080", "--key-file=/secrets/web/key"]
