# Spotter in a container: not root, and nothing is written but /data.
#   docker build -t spotter .                                   Amazon Rekognition looks
#   docker build -t spotter --build-arg REQUIREMENTS=demo .     the embedded engine is there, too
#   docker run --read-only --tmpfs /tmp --volume spotter:/data --env-file .env spotter
# Behind it `run` and `worker` do without HTTP, so they take --no-healthcheck (docs/operating.md).

FROM python:3.11-slim-bookworm AS wheel
WORKDIR /source
COPY . .
RUN scripts/container wheel /wheels

FROM python:3.11-slim-bookworm
ARG REQUIREMENTS=app
WORKDIR /app
COPY requirements requirements
COPY scripts/container scripts/container
COPY --from=wheel /wheels /wheels
RUN scripts/container install "requirements/$REQUIREMENTS.txt" /wheels \
 && useradd --uid 10001 --no-create-home spotter \
 && install --directory --owner spotter /data
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 SPOTTER_HOME=/data SPOTTER_HOST=0.0.0.0
USER 10001
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:3000/healthz', timeout=4)"]
ENTRYPOINT ["spotter"]
CMD ["web"]
