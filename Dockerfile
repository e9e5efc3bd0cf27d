# Two stages: what builds stays behind. One image runs web, live, worker and beat (compose.yaml).
FROM python:3.13-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gettext libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --require-hashes -r requirements.txt
COPY . .
# Settings that only let the files be collected; none of them is kept.
RUN export DJANGO_SETTINGS_MODULE=config.settings.production \
        SECRET_KEY=only-for-collecting-static-files-0123456789-abcdefghijklmnopq \
        ALLOWED_HOSTS=localhost PUBLIC_URL=https://localhost \
        DATABASE_URL=sqlite:////tmp/none.sqlite3 REDIS_URL=redis://localhost \
    && /venv/bin/python manage.py compilemessages --verbosity 0 \
    && /venv/bin/python manage.py collectstatic --noinput --verbosity 0

FROM python:3.13-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home motcua
COPY --from=build /venv /venv
COPY --from=build /app /app
RUN install -d -o motcua -g motcua /app/var /app/var/media /app/var/private
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production
WORKDIR /app
USER motcua
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--backlog", "2048", "--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "30", "config.wsgi:application"]
