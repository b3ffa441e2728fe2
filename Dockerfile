# The build stage has pip; what runs has Python, the installed package, and what draws PDF: pango and its fonts.
FROM python:3.13-slim AS build
WORKDIR /source
RUN python -m venv --without-pip /opt/amends \
 && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY pyproject.toml constraints.txt hatch_build.py README.md LICENSE ./
COPY alembic alembic
COPY backend backend
COPY extension extension
COPY docs/help docs/help
RUN pip --python /opt/amends/bin/python install --no-cache-dir --constraint constraints.txt ".[postgres,pdf,stamps]"

FROM python:3.13-slim AS base
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
