# The build stage has pip; what runs has Python, the installed package, and what draws PDF: pango and its fonts.
# `make digests` names it by its digest, so that a rebuild begins from the very same one.
ARG PYTHON_IMAGE=python:3.13-slim
FROM ${PYTHON_IMAGE} AS build
WORKDIR /source
RUN python -m venv --without-pip /opt/amends \
 && python -m venv /opt/build \
 && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY requirements.lock build.lock not-in-image.txt ./
# strip takes what only a debugger reads out of compiled libraries.
RUN apt-get update && apt-get install --yes --no-install-recommends binutils && rm -rf /var/lib/apt/lists/*
COPY not-in-image-files.txt ./
# What no line of ours calls goes again, and so do sources in C and words in languages that pages do not speak.
RUN pip --python /opt/amends/bin/python install --no-cache-dir --require-hashes --requirement requirements.lock \
 && pip --python /opt/amends/bin/python uninstall --yes --requirement not-in-image.txt \
 && find /opt/amends -path '*/babel/locale-data/*.dat' ! -name root.dat ! -name 'en*.dat' ! -name 'fr*.dat' -delete \
 && find /opt/amends '(' -name '*.c' -o -name '*.cpp' -o -name '*.h' -o -name '*.py[xi]' -o -name '*.pxd' ')' -delete \
 && cd /opt/amends/lib/python3.*/site-packages \
 && rm -rf $(sed '/^#/d' /source/not-in-image-files.txt) \
 && find . -name '*.so*' -type f -exec strip --strip-unneeded '{}' + \
 && cd /source \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes --requirement build.lock
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY alembic alembic
COPY backend backend
COPY extension extension
COPY docs/help docs/help
RUN /opt/build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels . \
 && pip --python /opt/amends/bin/python install --no-cache-dir --no-index --no-deps /wheels/*.whl \
 && /opt/amends/bin/python -c "from amends.web.templating import compile_all; compile_all()"

FROM ${PYTHON_IMAGE} AS base
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/*

FROM base
COPY --from=build /opt/amends /opt/amends
COPY --from=build --chown=10001:10001 /data /data
ENV PATH=/opt/amends/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    AMENDS_DATA_DIR=/data \
    AMENDS_HOST=0.0.0.0
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["amends"]
CMD ["serve"]
