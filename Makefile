# Short words for what the README spells out; nothing here is needed to run or test Amends.
PYTHON := .venv/bin/python

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

run:  ## set up once and serve
	python3 backend

test:  ## every test, the browser's included
	python3 tests

fast:  ## the rules and the order of the house
	python3 tests tests/rules tests/architecture

browser:  ## the browser's tests alone
	python3 tests tests/browser tests/extension

format:  ## Python as ruff writes it, JavaScript as Biome writes it
	$(PYTHON) -m ruff check --fix --quiet . ; $(PYTHON) -m ruff format .
	$(PYTHON) -m tests.extension.npm_checks biome check --write

texts:  ## the texts of code and templates, into the catalogues
	$(PYTHON) backend/texts.py

COMPILE := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links

versions:  ## the newest versions of everything, into constraints.txt and the lock files
	head -2 constraints.txt > constraints.new
	$(COMPILE) --all-extras --upgrade pyproject.toml >> constraints.new
	mv constraints.new constraints.txt
	$(MAKE) lock

lock:  ## the versions of constraints.txt with the hashes of their files, which the image installs
	$(COMPILE) --generate-hashes --constraint constraints.txt --extra postgres --extra pdf --extra s3 --extra stamps pyproject.toml > requirements.lock
	printf 'hatchling\ncertifi\n' | $(COMPILE) --generate-hashes --constraint constraints.txt - > build.lock

audit:  ## known weaknesses of the libraries; proves by a canary that it looked
	python3 backend/audit.py

sbom:  ## what the image installs, as CycloneDX, into sbom.cdx.json
	uvx --quiet --from cyclonedx-bom cyclonedx-py requirements requirements.lock --output-file sbom.cdx.json

digests:  ## the base images by digest, from their registry, into Dockerfile and docker-compose.yml
	for image in $$(sed -n 's/^ARG PYTHON_IMAGE=\([^@]*\).*/\1/p' Dockerfile) $$(sed -n 's/^ *image: \(postgres:[^@]*\).*/\1/p' docker-compose.yml); do \
	  digest=$$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$$image") || exit 1; \
	  sed -i "s|$$image\(@sha256:[0-9a-f]*\)\{0,1\}\$$|$$image@$$digest|" Dockerfile docker-compose.yml; \
	done

image:  ## the container image
	docker build --tag amends .

image-test: image  ## the image as it is to be run: read-only, without capabilities, healthy
	docker run --detach --name amends-test --read-only --tmpfs /tmp --cap-drop ALL --user 10001:10001 \
	  --security-opt no-new-privileges --volume amends-test:/data amends
	for second in $$(seq 60); do docker exec amends-test python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz')" 2>/dev/null && ready=1 && break; sleep 1; done; \
	docker logs amends-test | tail -5; docker rm --force --volumes amends-test >/dev/null; docker volume rm amends-test >/dev/null; test "$$ready"

.PHONY: help run test fast browser format texts versions lock audit sbom digests image image-test
