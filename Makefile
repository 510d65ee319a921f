# Two commands: `make site` and `make test`. Both set up what they need. Windows desks use pip and invoke: README.md.
PYTHON ?= python3
BIN := .venv/bin

site: .venv/ready  ## set up everything and build preview/
	$(BIN)/invoke build

test: .venv/ready .venv/npm browser sshd web-servers  ## set up everything and pass the tests
	$(BIN)/invoke test

.venv/ready: requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

browser: .venv/ready  ## find the browser that the tests drive, or install it
	@$(BIN)/python -m tests.browser

sshd: .venv/ready  ## find the server that the tests publish to, or install it
	@$(BIN)/python -m tests.publishing.server

web-servers: .venv/ready  ## find nginx, caddy, rclone and what reads aloud, which the tests ask, or install them
	@$(BIN)/python -m tests.web_servers

# What fetches the linters of the stylesheets: docs/decisions/0018.
.venv/npm: .venv/ready
	@command -v npm >/dev/null || \
	  { apt-get update -q && apt-get install -y -q nodejs npm; } || \
	  { echo "请先装上 Node.js，再运行 make test" >&2; exit 1; }
	touch $@

lock:  ## pin the dependencies of pyproject.toml anew
	$(PYTHON) -m pip install --quiet uv
	$(PYTHON) -m uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
	  --no-emit-find-links --python-version 3.11 --all-extras pyproject.toml -o requirements.lock

.PHONY: site test browser sshd web-servers lock
