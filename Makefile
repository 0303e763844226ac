# Blur Studio. Two commands for everyone:
#   make run [PHOTO=photo.jpg]   set up on the first use, then open the app on the photo or a sample
#   make test                    set up on the first use, then run every test
# and for developers: make setup, make lint, make format, make translations [LANGUAGE=de], make guide,
# make guide-pictures.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

export PHOTO
export OMP_NUM_THREADS_FOR_TESTS ?= 1

.PHONY: run test setup lint format translations guide guide-pictures
.DEFAULT_GOAL := run

run: $(READY)
	@if [ -n "$$PHOTO" ]; then exec $(BIN)/python main.py "$$PHOTO"; \
	else exec $(BIN)/python main.py --sample; fi

test: $(READY)
	@QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=$(OMP_NUM_THREADS_FOR_TESTS) \
		$(BIN)/python -m pytest -n 2

setup: $(READY)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Renew every translation, and begin one if LANGUAGE names it.
translations: $(READY)
	@bash packaging/translations $(BIN) $(LANGUAGE)

# Build the guide into build/guide; a link that leads nowhere fails, and so does what would be loaded.
guide: $(READY)
	@$(BIN)/python -c 'import material' 2>/dev/null || $(BIN)/python -m pip install --quiet \
		--disable-pip-version-check --constraint constraints.txt --editable ".[docs]"
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict
	@! grep -rlE '<(script|link|img)[^>]* (src|href)="?https?:' build/guide \
		|| { echo "These pages load something from elsewhere." >&2; exit 1; }
	@echo "build/guide/index.html"

# Take the guide's pictures anew, and write its page of keys.
guide-pictures: $(READY)
	@$(BIN)/python packaging/guide/pictures.py

# Set up once, and again whenever what is to be installed has changed.
$(READY): pyproject.toml constraints.txt packaging/set-up
	@PYTHON="$(PYTHON)" bash packaging/set-up $(VENV)
	@touch $@
