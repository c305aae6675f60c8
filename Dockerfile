# The same locked packages, installed in the same way, as `make run` does.
FROM python:3.13-slim-trixie AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN python -m venv .venv
COPY requirements.lock ./
RUN .venv/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY static static/
COPY templates templates/
COPY awards awards/
# Editable, because templates and static files lie beside the package.
RUN .venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable . \
 && .venv/bin/python -m compileall -q awards


FROM python:3.13-slim-trixie

# pg_dump and pg_restore for `awards backup` and `awards restore`; their release must not be older than the server's.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client-17 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin awards \
 && install --directory --owner=awards --group=awards --mode=0700 /data /keys

COPY --from=build /app /app
WORKDIR /data
# HOME also for a user id that the image does not know: a library looks there for its cache when it is imported.
ENV HOME=/data \
    PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    AWARDS_DATA=/data \
    AWARDS_KEY_DIR=/keys \
    AWARDS_HOST=0.0.0.0 \
    AWARDS_PORT=8000
USER 10001
# The keys have a volume of their own: a backup of the data must not hold what opens the ballots.
VOLUME ["/data", "/keys"]
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ['AWARDS_PORT'] + '/readyz', timeout=4)"]
ENTRYPOINT ["awards"]
CMD ["serve"]
